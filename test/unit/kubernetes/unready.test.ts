import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import { unreadyReason } from '../../../src/kubernetes/unready.ts';

function pod(status: object): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, status };
}

const container = (state: object, more: object = {}) => ({
  name: 'audio-worker',
  ready: false,
  restartCount: 0,
  state,
  ...more,
});

describe('why a pod is not Ready, in Kubernetes own words', () => {
  it('reports nothing for a Ready pod', () => {
    expect(unreadyReason(pod({ conditions: [{ type: 'Ready', status: 'True' }] }))).toBeUndefined();
  });

  it('reports nothing for a pod that succeeded', () => {
    expect(unreadyReason(pod({ phase: 'Succeeded' }))).toBeUndefined();
  });

  it('quotes the scheduler', () => {
    const conditions = [{ type: 'PodScheduled', status: 'False', message: '0/1 nodes: Insufficient memory' }];
    expect(unreadyReason(pod({ conditions }))).toBe('not scheduled: 0/1 nodes: Insufficient memory');
  });

  it('names the key that a Secret lacks', () => {
    const waiting = {
      reason: 'CreateContainerConfigError',
      message: "couldn't find key REDIS_PASSWORD in Secret ml-service/ml-service-secrets",
    };
    expect(unreadyReason(pod({ containerStatuses: [container({ waiting })] }))).toBe(
      "audio-worker CreateContainerConfigError: couldn't find key REDIS_PASSWORD in Secret ml-service/ml-service-secrets",
    );
  });

  it('reports the last termination of a crash loop', () => {
    const status = container(
      { waiting: { reason: 'CrashLoopBackOff' } },
      { restartCount: 3, lastState: { terminated: { reason: 'Error', exitCode: 1 } } },
    );
    expect(unreadyReason(pod({ containerStatuses: [status] }))).toBe(
      'audio-worker CrashLoopBackOff, 3 restarts (before: Error, exit code 1)',
    );
  });

  it('reports a container that runs and is not ready yet', () => {
    expect(unreadyReason(pod({ containerStatuses: [container({ running: {} })] }))).toBe(
      'audio-worker running, not ready yet',
    );
  });
});
