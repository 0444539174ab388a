// Sets a fresh clone up, then runs one entry point. Plain JavaScript and node: modules only, because nothing
// else is installed yet.  Usage: node scripts/bootstrap.mjs cli|SCRIPT.ts|--bin NAME [ARGUMENTS…]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LockedError, withLock } from '../src/process/lock.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const minimumNode = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1])) {
  fail(`Node ${process.versions.node} is too old: ${minimumNode.join('.')} or newer is needed.`);
}

/** Printed without a stack. */
class InstallError extends Error {}

try {
  await installPackages();
} catch (error) {
  if (!(error instanceof InstallError || error instanceof LockedError)) throw error;
  fail(error.message);
}
const [entry, ...rest] = process.argv.slice(2);
if (entry === undefined) fail('usage: node scripts/bootstrap.mjs cli|SCRIPT.ts|--bin NAME [ARGUMENTS…]');
if (entry === '--bin') {
  exec(join(root, 'node_modules/.bin', rest[0]), rest.slice(1));
} else {
  const script = entry === 'cli' ? 'cli/main.ts' : entry;
  exec(process.execPath, ['--import', import.meta.resolve('tsx'), join(root, script), ...rest]);
}

/**
 * Runs `npm ci` when node_modules is absent or was installed from another lock file.
 * Development packages are installed whatever NODE_ENV is: this script itself needs one of them.
 */
async function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.audio-processor-lock');
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
  if (isInstalled()) return;
  // Two at once would leave half of each other's packages.
  const onWait = (holder) => process.stderr.write(`  waiting: ${holder}\n`);
  await withLock(
    `npm ci in ${root}`,
    'npm ci',
    async () => {
      if (isInstalled()) return;
      await npmCi();
      writeFileSync(stamp, lock);
    },
    { waitMs: 10 * 60_000, onWait },
  );
}

async function npmCi() {
  process.stderr.write('… node packages\n');
  const begun = Date.now();
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const npm = spawn('npm', ['ci', '--include=dev', ...quiet], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const status = await new Promise((resolve, reject) => {
    npm.on('error', (error) => reject(new InstallError(`npm: ${error.message}`)));
    npm.on('exit', resolve);
  });
  if (status !== 0)
    throw new InstallError('npm ci failed; its message is above. Is the npm registry reachable?');
  process.stderr.write(`✓ node packages ${((Date.now() - begun) / 1000).toFixed(1)} s\n`);
}

/** Runs a program in the foreground, passes signals on to it, and ends with its exit code. */
function exec(file, args) {
  const env = { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() };
  const child = spawn(file, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${file}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
