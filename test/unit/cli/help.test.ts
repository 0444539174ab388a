import { describe, expect, it } from 'vitest';
import { cliHere } from '../../support/cli.ts';

describe('every command explains itself', () => {
  it.each(['up', 'down', 'render', 'validate', 'package', 'publish'])('%s --help', async (command) => {
    const { exitCode, stdout } = await cliHere([command, '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Usage: audio-processor ${command}`);
    expect(stdout).toContain('--json');
  });

  it('the exit codes are in the help', async () => {
    const { exitCode, stdout } = await cliHere(['--help']);
    expect(exitCode).toBe(0);
    for (const code of [/^ +0 +done/m, /^ +1 +the work failed/m, /^ +2 +refused/m, /^ +130 +interrupted/m]) {
      expect(stdout).toMatch(code);
    }
  });

  it('a misspelt command is refused with the nearest one', async () => {
    const { exitCode, stderr } = await cliHere(['rendr', 'prod']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Did you mean render?');
  });
});

describe('up refuses options that do not belong together, before it does anything', () => {
  it.each([
    [['--image', 'app:v1'], '--image belongs to --context'],
    [['--s3-endpoint', 'http://s3'], '--s3-endpoint belongs to --context'],
    [['--submit', 's3://audio/a.wav'], '--submit belongs to --context'],
    [['--timeout', '10'], '--timeout is no duration'],
  ])('%j', async (args, message) => {
    const { exitCode, stderr } = await cliHere(['up', ...args]);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });

  it('an image without tag or digest', async () => {
    const { exitCode, stderr } = await cliHere([
      'up',
      '--context',
      'none',
      '--image',
      'registry.example.com/app',
    ]);
    expect(stderr).toContain('the image reference is not complete');
    expect(exitCode).toBe(2);
  });

  it('a context that the kubeconfig does not have', async () => {
    const args = [
      'up',
      '--context',
      'no-such-context',
      '--kubeconfig',
      '/dev/null',
      '--image',
      'team/app:v1',
    ];
    const { exitCode, stderr } = await cliHere(args);
    expect(stderr).toMatch(/the kubeconfig has no such context.*found *: no-such-context.*allowed: none/s);
    expect(exitCode).toBe(2);
  });
});

describe('down refuses what could remove something else than was meant', () => {
  it.each([
    [['--kubeconfig', '/dev/null'], '--kubeconfig belongs to --context'],
    [['--release', 'mine'], '--release belongs to --context'],
    [['--namespace', 'mine'], '--namespace belongs to --context'],
  ])('%j without --context', async (args, message) => {
    const { exitCode, stderr } = await cliHere(['down', '--name', 'no-such-lab', ...args]);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });

  it('a kubeconfig that does not exist', async () => {
    const { exitCode, stderr } = await cliHere([
      'down',
      '--context',
      'mine',
      '--kubeconfig',
      '/no/such/file',
    ]);
    expect(stderr).toMatch(/no such kubeconfig file.*found *: \/no\/such\/file/s);
    expect(exitCode).toBe(2);
  });
});
