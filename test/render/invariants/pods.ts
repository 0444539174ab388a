import { expect } from 'vitest';
import { envOf } from '../support.ts';
import { nodesUnder } from './anatomy.ts';
import type { InvariantInput, Invariants } from './input.ts';

/** Invariants about every pod and every container of it: init containers, sidecars and Jobs are no exception. */
export const podInvariants: Invariants = {
  'runs under Pod Security `restricted`, with a numeric user and no token but that of Prometheus': (
    input,
  ) => {
    expect(input.pods.length).toBeGreaterThan(1);
    for (const { spec, owner, labels } of input.pods) {
      const callsKubernetes = labels['app.kubernetes.io/component'] === 'prometheus';
      expect(spec, owner).toMatchObject({
        automountServiceAccountToken: callsKubernetes,
        enableServiceLinks: false,
      });
      expect(spec.securityContext, owner).toMatchObject({
        runAsNonRoot: true,
        runAsUser: expect.any(Number),
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(spec.securityContext.runAsUser, owner).toBeGreaterThan(0);
    }
  },

  'hardens every container, with a read-only root': (input) => {
    for (const { securityContext, at } of containersOf(input)) {
      expect(securityContext, at).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  },

  'writes to volumes of one known kind and of limited size, and mounts all that it names': (input) => {
    const sources = ['emptyDir', 'configMap', 'persistentVolumeClaim', 'secret', 'projected'];
    for (const { spec, containers: parts, owner } of input.pods) {
      const volumes = spec.volumes ?? [];
      for (const volume of volumes) {
        expect(Object.keys(volume), owner).toHaveLength(2);
        const kinds = Object.keys(volume).filter((key) => key !== 'name');
        expect(sources, owner).toEqual(expect.arrayContaining(kinds));
        if (volume.emptyDir) expect(volume.emptyDir.sizeLimit ?? 'no limit', owner).toMatch(/^[0-9]/);
      }
      const names = volumes.map(({ name }) => name);
      const mounted = parts.flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name));
      expect(new Set(names).size, owner).toBe(names.length);
      expect([...new Set(mounted)].sort(), owner).toEqual([...names].sort());
      for (const { volumeMounts = [] } of parts) {
        const paths = volumeMounts.map(({ mountPath }) => mountPath);
        expect(new Set(paths).size, owner).toBe(paths.length);
      }
    }
  },

  'requests cpu, memory and disk, and limits memory and disk': (input) => {
    for (const { resources, at } of containersOf(input)) {
      expect(Object.keys(resources.requests), at).toEqual(
        expect.arrayContaining(['cpu', 'memory', 'ephemeral-storage']),
      );
      expect(Object.keys(resources.limits), at).toEqual(
        expect.arrayContaining(['memory', 'ephemeral-storage']),
      );
    }
  },

  'names its image with a tag that is not `latest`': (input) => {
    for (const { image, imagePullPolicy, at } of containersOf(input)) {
      expect(image, at).toMatch(/[^/]:[A-Za-z0-9_][\w.-]*(@sha256:[0-9a-f]{64})?$/);
      expect(image, at).not.toMatch(/:latest(@|$)/);
      expect(['IfNotPresent', 'Always', 'Never'], at).toContain(imagePullPolicy);
    }
  },

  'has the three probes in the containers that a workload is made for': (input) => {
    for (const { spec, owner, endsByItself } of input.pods) {
      if (endsByItself) continue;
      for (const { startupProbe, readinessProbe, livenessProbe } of spec.containers) {
        for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
          expect(probe?.exec ?? probe?.httpGet, owner).toBeDefined();
          expect(probe?.timeoutSeconds).toBeGreaterThan(0);
        }
      }
    }
  },

  // Process 1 drops a signal that it has no handler for yet: without a hook that sends it again, a pod that is deleted while a
  // container starts would be waited for as long as its longest task.
  'is stopped by a hook in every container of a pod that may take longer than a minute to go': (input) => {
    for (const { spec, lasting, owner, endsByItself } of input.pods) {
      if (endsByItself || spec.terminationGracePeriodSeconds <= 60) continue;
      for (const { name, lifecycle } of lasting) {
        expect(lifecycle?.preStop.exec?.command, `${owner}: ${name}`).toContain(
          '/etc/audio-processor/drain.sh',
        );
      }
    }
  },

  'has no two ports of one name or number, and probes only ports that it names': (input) => {
    for (const { containers: parts, owner } of input.pods) {
      const ports = parts.flatMap((container) => container.ports ?? []);
      expect(new Set(ports.map(({ name }) => name)).size, owner).toBe(ports.length);
      expect(new Set(ports.map(({ containerPort }) => containerPort)).size, owner).toBe(ports.length);
      for (const container of parts) {
        const own = (container.ports ?? []).map(({ name }) => name);
        for (const { key, value } of nodesUnder(container)) {
          if (key !== 'httpGet' && key !== 'tcpSocket') continue;
          expect(own, owner).toContain((value as { port: string }).port);
        }
      }
    }
  },

  'names no environment variable twice, and uses $(NAME) only after NAME': (input) => {
    for (const { env = [], at } of containersOf(input)) {
      const names = env.map(({ name }) => name);
      expect(new Set(names).size, at).toBe(names.length);
      env.forEach(({ value = '' }, index) => {
        for (const [, used] of value.matchAll(/\$\(([A-Z_]+)\)/g)) {
          expect(names.slice(0, index), at).toContain(used);
        }
      });
    }
  },

  'takes secrets by reference': (input) => {
    for (const { spec, containers: parts, owner } of input.pods) {
      const ofSecrets = (spec.volumes ?? []).filter((volume) => 'secret' in volume).map(({ name }) => name);
      for (const { name: container, env = [], volumeMounts = [] } of parts) {
        const folders = volumeMounts.filter(({ name }) => ofSecrets.includes(name));
        for (const { name, value } of env) {
          if (!/PASSWORD|TOKEN|SECRET|ACCESS_KEY|_AUTH$/.test(name)) continue;
          // Grafana reads the file that a setting names.
          const [, folder] = /^\$__file\{(.+)\/[^/]+\}$/.exec(value ?? '') ?? [];
          const byFile = folders.some(({ mountPath }) => mountPath === folder);
          expect(byFile ? undefined : value, `${owner}: ${container}: ${name}`).toBeUndefined();
        }
      }
    }
  },

  'reaches the broker of the release where there is one': (input) => {
    const hosts = input.services.map(({ metadata }) => metadata.name);
    for (const { labels, containers: parts, owner } of input.pods) {
      if (labels['app.kubernetes.io/component'] === 'broker') continue;
      for (const container of parts) {
        const url = envOf(container).CELERY_BROKER_URL ?? '';
        if (url === '' || url === 'ml-service-secrets/CELERY_BROKER_URL') continue;
        expect(hosts, owner).toContain(/^redis:\/\/:\$\(REDIS_PASSWORD\)@(.+):6379\/0$/.exec(url)?.[1]);
      }
    }
  },
};

/** Every container with the place that a failure names. */
function containersOf({ pods }: InvariantInput) {
  return pods.flatMap(({ owner, containers }) =>
    containers.map((container) => ({ ...container, at: `${owner}: ${container.name}` })),
  );
}
