import { describe, expect, it } from 'vitest';
import { instance, stateRoot } from '../../../lab/cluster/instance.ts';
import { type MachineFacts, problemsOf } from '../../../lab/cluster/preflight.ts';
import { formatProblem } from '../../../src/report/problem.ts';

const lab = instance('audio-processor-test');
const good: MachineFacts = {
  platform: 'linux',
  uid: 0,
  missingCapabilities: [],
  disks: [{ folder: stateRoot, free: 20e9, overlay: false }],
  programProblems: [],
};

function report(facts: Partial<MachineFacts>): string {
  return problemsOf(lab, { ...good, ...facts })
    .map(formatProblem)
    .join('\n');
}

describe('what a lab needs of the machine', () => {
  it('is there', () => {
    expect(problemsOf(lab, good)).toEqual([]);
  });

  it('Linux; nothing else is checked on other systems', () => {
    const text = report({ platform: 'darwin', uid: 501 });
    expect(text).toContain('the lab needs Linux');
    expect(text).toContain('darwin');
    expect(text).toContain('npm run up -- --context NAME');
    expect(text).not.toContain('root');
  });

  it('root', () => {
    expect(report({ uid: 1000, missingCapabilities: ['CAP_SYS_ADMIN'] })).toMatch(
      /^the lab needs root.*\n.*user id 1000\n.*--context NAME$/,
    );
  });

  it('a root that may make namespaces', () => {
    expect(report({ missingCapabilities: ['CAP_SYS_ADMIN'] })).toMatch(
      /inside a container\n.*no CAP_SYS_ADMIN/,
    );
  });

  it('20 GB of disk, for the state and for the cache', () => {
    const free = 19_940_000_000;
    const text = report({
      disks: [
        { folder: stateRoot, free, overlay: false },
        { folder: '/cache', free: 1e9, overlay: false },
      ],
    });
    expect(text).toMatch(new RegExp(`below ${stateRoot}\n.*19.9 GB free\n.*20 GB or more`));
    expect(text).toMatch(/below \/cache\n.*1.0 GB free/);
  });

  it('a state folder that is no overlay; the cache may be one', () => {
    expect(report({ disks: [{ folder: stateRoot, free: 30e9, overlay: true }] })).toMatch(
      /is on an overlay file system.*\n.*mount a disk or a volume at \/var\/cache\/audio-processor$/,
    );
    expect(report({ disks: [{ folder: '/cache', free: 30e9, overlay: true }] })).toBe('');
  });

  it('its port', () => {
    expect(report({ portHolder: 'nginx, process 7' })).toMatch(
      new RegExp(`^port ${lab.apiPort} of 127.0.0.1.*is taken\n.*nginx, process 7\n.*--name NAME$`),
    );
  });

  it('Go, where a program has to be built', () => {
    const programProblems = [{ message: 'Go 1.26.8 is needed to build etcd' }];
    expect(report({ programProblems })).toBe('Go 1.26.8 is needed to build etcd');
  });

  it('and is reported in full, not one at a time', () => {
    const all = problemsOf(lab, {
      platform: 'linux',
      uid: 1000,
      missingCapabilities: [],
      disks: [{ folder: stateRoot, free: 0, overlay: true }],
      portHolder: 'nginx, process 7',
      programProblems: [{ message: 'no Go' }],
    });
    expect(all).toHaveLength(5);
  });
});
