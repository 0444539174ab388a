// Sets a fresh clone up, then runs one entry point. Plain JavaScript and node: modules only, because nothing
// else is installed yet.  Usage: node scripts/bootstrap.mjs cli|SCRIPT.ts|--bin NAME [ARGUMENTS…]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const minimumNode = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1])) {
  fail(`Node ${process.versions.node} is too old: ${minimumNode.join('.')} or newer is needed.`);
}

installPackages();
const [entry, ...rest] = process.argv.slice(2);
if (entry === undefined) fail('usage: node scripts/bootstrap.mjs cli|SCRIPT.ts|--bin NAME [ARGUMENTS…]');
if (entry === '--bin') {
  exec(join(root, 'node_modules/.bin', rest[0]), rest.slice(1));
} else {
  const script = entry === 'cli' ? 'src/cli/main.ts' : entry;
  exec(process.execPath, ['--import', import.meta.resolve('tsx'), join(root, script), ...rest]);
}

/**
 * Installs what the lock file says when node_modules is absent or was installed from another lock file. Not by
 * `npm ci`: it refuses a lock file that lacks the packages of platforms which the registry at hand does not carry.
 * With the development packages whatever NODE_ENV says: this script itself needs one of them.
 */
function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.audio-processor-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  process.stderr.write('… node packages\n');
  const begun = Date.now();
  const quiet = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = spawnSync('npm', ['install', '--include=dev', ...quiet], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (result.error !== undefined) fail(`npm: ${result.error.message}`);
  if (result.status !== 0)
    fail('npm install failed; its message stands above. Is the npm registry reachable?');
  writeFileSync(stamp, lock);
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
