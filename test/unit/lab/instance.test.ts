import { describe, expect, it } from 'vitest';
import { defaultInstance, instance } from '../../../lab/cluster/instance.ts';
import { ProblemError } from '../../../src/report/problem.ts';

describe('the name of a lab', () => {
  it('gives everything that the lab owns on the machine', () => {
    expect(instance('audio-processor-test')).toEqual({
      name: 'audio-processor-test',
      nodeName: 'audio-processor-test',
      stateDir: '/var/cache/audio-processor/lab/audio-processor-test',
      logDir: '/var/cache/audio-processor/lab/audio-processor-test/log',
      pkiDir: '/var/cache/audio-processor/lab/audio-processor-test/pki',
      netns: 'lab-audio-processor-test',
      cgroup: '/lab-audio-processor-test',
      apiPort: 28225,
      kubeconfig: '/var/cache/audio-processor/lab/audio-processor-test/kubeconfig',
    });
  });

  it('gives a port below the ephemeral ones, the same at every call, another for another name', () => {
    const names = [defaultInstance, 'audio-processor-test', 'audio-processor-test-lifecycle', 'a', 'b'];
    const ports = names.map((name) => instance(name).apiPort);
    for (const port of ports) {
      expect(port).toBeGreaterThanOrEqual(26_000);
      expect(port).toBeLessThan(30_000);
    }
    expect(new Set(ports).size).toBe(names.length);
    expect(names.map((name) => instance(name).apiPort)).toEqual(ports);
  });

  it('keeps every path of a unix socket within the 107 characters that Linux allows', () => {
    const { stateDir } = instance('a'.repeat(40));
    expect(`${stateDir}/kubelet/pod-resources/kubelet.sock`.length).toBeLessThanOrEqual(107);
  });

  it.each(['', 'Lab', 'lab_1', '-lab', 'lab-', '../lab', 'a/b', '1lab', 'a'.repeat(41)])(
    'is refused: %j',
    (name) => {
      expect(() => instance(name)).toThrow(ProblemError);
      expect(() => instance(name)).toThrow('at most 40 lower-case letters, digits and hyphens');
    },
  );
});
