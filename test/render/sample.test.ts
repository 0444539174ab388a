import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/process/run.ts';
import { changedWords, sample } from './sample.ts';

const alerts = 'charts/audio-processor/files/alerts';
let root: string;

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function git(...args: readonly string[]): Promise<void> {
  const identity = [
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  await run('git', [...identity, ...args], { cwd: root, timeoutMs: 20_000 });
}

async function commit(): Promise<void> {
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'Change');
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sample-'));
});
afterEach(() => rm(root, { recursive: true }));

describe('the words that a diff changes', () => {
  beforeEach(async () => {
    await git('init', '--quiet', '--initial-branch', 'main');
    await write(`${alerts}/OldAlert.yaml`, 'severity: warning\nfor: 5m\n');
    await write('README.md', 'text\n');
    await commit();
    await git('switch', '--quiet', '--create', 'change');
  });

  test('are none without a change', async () => {
    await write('README.md', 'another\n');
    await commit();
    expect(await changedWords(root)).toEqual(new Set());
  });

  test('are those of changed lines and of the paths of their files, before and after the commit', async () => {
    await write(`${alerts}/OldAlert.yaml`, 'severity: critical\nfor: 5m\n');
    await write('README.md', 'another\n');
    await commit();
    const words = await changedWords(root);
    expect([...words]).toEqual(expect.arrayContaining(['OldAlert', 'severity', 'warning', 'critical']));
    expect(words).not.toContain('5m');
    expect(words).not.toContain('another');
    await write(`${alerts}/OldAlert.yaml`, 'severity: critical\nfor: 10m\n');
    expect(await changedWords(root)).toContain('10m');
  });

  test('are those of files that git does not track yet, and of their paths', async () => {
    await write('README.md', 'another\n');
    await commit();
    await write(`${alerts}/NewAlert.yaml`, 'values: {threshold: {unit: ratio}}\n');
    await write('charts/audio-processor/templates/status/service.yaml', 'kind: Service\n');
    await write('docs/notes.md', 'elsewhere\n');
    const words = await changedWords(root);
    expect([...words]).toEqual(expect.arrayContaining(['NewAlert', 'threshold', 'status', 'Service']));
    expect(words).not.toContain('elsewhere');
  });
});

test('a folder that is no git clone has no changed words', async () => {
  expect(await changedWords(root)).toEqual(new Set());
});

test('a sample has no item twice, and at most all of them', () => {
  const items = Array.from({ length: 20 }, (_, index) => index);
  expect(new Set(sample(items, 8)).size).toBe(8);
  expect([...sample(items, 50)].sort((one, other) => one - other)).toEqual(items);
});
