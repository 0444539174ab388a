import { detached, type Fault } from '../fault.ts';

/** Faults that must make MemoryHigh fire. */
export const faults: readonly Fault[] = [
  {
    what: 'a process of Flower that takes 85 % of the memory limit',
    round: 1,
    inject: (service) =>
      service.kubectl('exec', 'deployment/flower', '--', 'python', '-c', detached(takeMemory(0.85))).then(),
    repair: (service) => service.kubectl('rollout', 'restart', 'deployment/flower').then(),
  },
];

export const shortened = { for: '1m' };

/** Takes a share of the container's memory limit, less what is in use, and keeps it. */
function takeMemory(share: number): string {
  return [
    'import os, time',
    'paths = [("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),',
    '    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes")]',
    'limit, used = [[int(open(path).read()) for path in pair] for pair in paths if os.path.exists(pair[0])][0]',
    `kept = b"x" * max(0, int(limit * ${share}) - used)`,
    'time.sleep(3600)',
  ].join('\n');
}
