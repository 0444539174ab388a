// Sets a fresh clone up, then runs one entry point. Plain JavaScript and node: modules only, because nothing
// else is installed yet.  Usage: node scripts/bootstrap.mjs cli|SCRIPT.ts|--bin NAME [ARGUMENTS…]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const minimumNode = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1])) {
  fail(`Node ${process.versions.node} is too old: ${minimumNode.join('.')} or newer is needed.`);
}

/** Told to the user in its own words, without a stack. */
class Refusal extends Error {}

try {
  installPackages();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
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
 * Development packages are installed whatever NODE_ENV says: this script itself needs one of them.
 */
function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.audio-processor-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  const release = takeInstallLock();
  try {
    // Another command may have installed them in the meantime.
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
    npmCi();
    writeFileSync(stamp, lock);
  } finally {
    release();
  }
}

function npmCi() {
  process.stderr.write('… node packages\n');
  const begun = Date.now();
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const result = spawnSync('npm', ['ci', '--include=dev', ...quiet], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (result.error !== undefined) throw new Refusal(`npm: ${result.error.message}`);
  if (result.status !== 0)
    throw new Refusal('npm ci failed; its message is above. Is the npm registry reachable?');
  process.stderr.write(`✓ node packages ${((Date.now() - begun) / 1000).toFixed(1)} s\n`);
}

/**
 * One install at a time in a clone: two at once leave half of each other's packages. Waits for a living holder, at most
 * 10 minutes, and takes the place of a dead one.
 * @returns what gives the lock back.
 */
function takeInstallLock() {
  const file = join(root, '.tmp-install-lock');
  const mine = String(process.pid);
  const deadline = Date.now() + 10 * 60_000;
  for (let told = false; ; ) {
    try {
      writeFileSync(file, mine, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw new Refusal(`${file}: ${error.message}`);
    }
    const holder = readIfThere(file);
    if (holder !== undefined && !isAlive(holder)) moveAside(file, holder);
    else if (Date.now() > deadline)
      throw new Refusal(`${file} is held by process ${holder}: remove it if that hangs`);
    else {
      if (!told) process.stderr.write(`  waiting for process ${holder}, which installs the node packages\n`);
      told = true;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** An empty lock is one whose holder is about to write its number. */
function isAlive(holder) {
  if (holder === '') return true;
  try {
    process.kill(Number(holder), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Removes a dead holder's lock, and no other: somebody may have taken its place in this very instant. */
function moveAside(file, holder) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') === holder) rmSync(aside);
    else renameSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
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
