import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ensureDebianPackages } from '../../../src/tools/debian.ts';
import { fakePrograms } from './fake-programs.ts';

/** A machine that has `socat`, knows `removed` as removed, and writes the arguments of apt-get into a file. */
async function machine(apt = ''): Promise<() => Promise<string>> {
  const folder = await fakePrograms({
    'dpkg-query': 'echo "installed socat"; echo "config-files removed"; exit 1',
    'apt-get': `echo "$1 $2" >> "$(dirname "$0")/../arguments"; for last; do :; done; echo "$last" >> "$(dirname "$0")/../arguments"\n${apt}`,
  });
  return () => readFile(join(folder, 'arguments'), 'utf8').catch(() => '');
}

function asUser(uid: number): void {
  const spy = vi.spyOn(process, 'getuid').mockReturnValue(uid);
  onTestFinished(() => spy.mockRestore());
}

describe('Debian packages', () => {
  it('that are all there need nothing, not even root', async () => {
    const installed = await machine();
    asUser(1000);
    await ensureDebianPackages(['socat']);
    expect(await installed()).toBe('');
  });

  it('that are missing are installed by root; one that was removed counts as missing', async () => {
    const installed = await machine();
    asUser(0);
    const notes: string[] = [];
    await ensureDebianPackages(['socat', 'removed', 'runc'], (line) => notes.push(line));
    expect(notes).toEqual(['installing Debian packages: removed runc']);
    expect(await installed()).toBe('install -y\nrunc\n');
  });

  it('that apt does not know are tried again with fresh package lists', async () => {
    const installed = await machine(
      '[ "$1" = install ] && [ ! -e "$(dirname "$0")/../fresh" ] && exit 100; touch "$(dirname "$0")/../fresh"; exit 0',
    );
    asUser(0);
    await ensureDebianPackages(['runc']);
    expect(await installed()).toBe('install -y\nrunc\nupdate -qq\n-qq\ninstall -y\nrunc\n');
  });

  it('that are missing without root are named with the command to run', async () => {
    await machine();
    asUser(1000);
    await expect(ensureDebianPackages(['socat', 'runc'])).rejects.toMatchObject({
      problems: [
        {
          message: 'Debian packages are missing: runc',
          remedy: 'sudo apt-get install -y --no-install-recommends runc',
        },
      ],
    });
  });

  it('are refused on a system without dpkg', async () => {
    await fakePrograms({}, 'only');
    await expect(ensureDebianPackages(['runc'])).rejects.toMatchObject({
      problems: [{ found: 'a system without dpkg', allowed: 'Debian or Ubuntu' }],
    });
  });
});
