import { beforeAll, describe, expect, test } from 'vitest';
import { renderText } from '../../src/chart/helm.ts';
import { cases, envOf, type Rendering, render, selects } from './support.ts';

describe.each(cases())('every object of $title', ({ options }) => {
  let rendered: Rendering;
  beforeAll(async () => {
    rendered = await render(options);
  });
  const pods = () =>
    rendered.workloads.map((workload) => ({ name: workload.metadata.name, ...workload.spec.template }));

  test('renders to the same bytes twice', async () => {
    expect(await renderText(options)).toBe(await renderText(options));
  });

  test('is of a kind that needs no order, no namespace and no hook', () => {
    for (const { kind, metadata } of rendered.objects) {
      expect(['Namespace', 'Secret', 'Job', 'Pod']).not.toContain(kind);
      expect(metadata.namespace).toBeUndefined();
      expect(Object.keys(metadata.annotations ?? {})).not.toContain('helm.sh/hook');
    }
  });

  test('has a name of its own, of at most 63 characters that DNS allows', () => {
    const names = rendered.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(names.length).toBeGreaterThan(3);
    expect(new Set(names).size).toBe(names.length);
    for (const { kind, metadata } of rendered.objects) {
      // A StatefulSet's name gets a suffix of 11 characters in the label controller-revision-hash.
      const limit = kind === 'StatefulSet' ? 52 : 63;
      expect(metadata.name).toMatch(new RegExp(`^(?=.{1,${limit}}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$`));
    }
  });

  test('carries the recommended labels, each a valid label value', () => {
    for (const { metadata } of rendered.objects) {
      expect(Object.keys(metadata.labels ?? {})).toEqual(
        expect.arrayContaining([
          'app.kubernetes.io/name',
          'app.kubernetes.io/instance',
          'app.kubernetes.io/component',
          'app.kubernetes.io/part-of',
          'app.kubernetes.io/version',
          'app.kubernetes.io/managed-by',
          'helm.sh/chart',
        ]),
      );
      for (const value of Object.values(metadata.labels ?? {})) {
        expect(value).toMatch(/^(?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/);
      }
    }
  });

  test('selects its own pods and no others', () => {
    for (const { metadata, spec } of rendered.workloads) {
      const selected = pods().filter((pod) => selects(spec.selector.matchLabels, pod.metadata.labels));
      expect(selected.map(({ name }) => name)).toEqual([metadata.name]);
    }
    for (const { spec } of rendered.services) {
      expect(pods().filter((pod) => selects(spec.selector, pod.metadata.labels))).toHaveLength(1);
    }
  });

  test('selects by name, instance, component and pool only, which no version changes', () => {
    const allowed = ['name', 'instance', 'component'].map((key) => `app.kubernetes.io/${key}`);
    const selectors = [
      ...rendered.workloads.map(({ spec }) => spec.selector.matchLabels),
      ...rendered.services.map(({ spec }) => spec.selector),
    ];
    for (const selector of selectors) {
      expect([...allowed, 'audio-processor/pool']).toEqual(expect.arrayContaining(Object.keys(selector)));
      expect(Object.keys(selector)).toEqual(expect.arrayContaining(allowed));
    }
  });

  test('keeps the chart version out of pods, which it would restart', () => {
    for (const { metadata } of pods()) {
      expect(Object.keys(metadata.labels)).not.toContain('helm.sh/chart');
      expect(Object.keys(metadata.labels)).not.toContain('app.kubernetes.io/version');
    }
  });

  test('runs under Pod Security `restricted`, with a numeric user, a read-only root and no token', () => {
    for (const { spec } of pods()) {
      expect(spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: expect.any(Number),
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(spec.securityContext.runAsUser).toBeGreaterThan(0);
      for (const volume of spec.volumes) {
        expect(Object.keys(volume)).toHaveLength(2);
        expect(volume.emptyDir ?? volume.configMap ?? volume.persistentVolumeClaim).toBeDefined();
        if (volume.emptyDir) expect(volume.emptyDir.sizeLimit).toMatch(/^[0-9]/);
      }
      for (const container of spec.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      }
    }
  });

  test('asks for cpu, memory and disk, and is limited in memory and disk', () => {
    for (const { spec } of pods()) {
      for (const { resources } of spec.containers) {
        expect(Object.keys(resources.requests)).toEqual(
          expect.arrayContaining(['cpu', 'memory', 'ephemeral-storage']),
        );
        expect(Object.keys(resources.limits)).toEqual(
          expect.arrayContaining(['memory', 'ephemeral-storage']),
        );
      }
    }
  });

  test('has the three probes, exec or named port, with a timeout', () => {
    for (const { spec } of pods()) {
      for (const { startupProbe, readinessProbe, livenessProbe, ports = [] } of spec.containers) {
        for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
          expect(probe.exec ?? probe.httpGet).toBeDefined();
          expect(probe.timeoutSeconds).toBeGreaterThan(0);
          if (probe.httpGet) expect(ports.map(({ name }) => name)).toContain(probe.httpGet.port);
        }
      }
    }
  });

  test('names no environment variable twice, and uses $(NAME) only after NAME', () => {
    for (const { spec } of pods()) {
      for (const { env = [] } of spec.containers) {
        const names = env.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        env.forEach(({ value = '' }, index) => {
          for (const [, used] of value.matchAll(/\$\(([A-Z_]+)\)/g)) {
            expect(names.slice(0, index)).toContain(used);
          }
        });
      }
    }
  });

  test('refers to what exists: ConfigMaps and their keys, claims, ServiceAccounts, ports, volumes', () => {
    const exists = (kind: string, name: string | undefined) =>
      rendered.objects.find((object) => object.kind === kind && object.metadata.name === name);
    const configMap = (name: string | undefined) =>
      rendered.configMaps.find((one) => one.metadata.name === name);
    for (const { spec } of pods()) {
      const account = spec.serviceAccountName ?? 'default';
      if (account !== 'default') expect(exists('ServiceAccount', account)).toBeDefined();
      for (const { configMap: from, persistentVolumeClaim } of spec.volumes) {
        if (from) {
          expect(Object.keys(configMap(from.name)?.data ?? {})).toEqual(
            expect.arrayContaining((from.items ?? []).map(({ key }) => key)),
          );
          expect(configMap(from.name)).toBeDefined();
        }
        if (persistentVolumeClaim) {
          expect(exists('PersistentVolumeClaim', persistentVolumeClaim.claimName)).toBeDefined();
        }
      }
      for (const { envFrom = [], volumeMounts } of spec.containers) {
        for (const { configMapRef } of envFrom) expect(configMap(configMapRef.name)).toBeDefined();
        expect(volumeMounts.map(({ name }) => name).sort()).toEqual(
          spec.volumes.map(({ name }) => name).sort(),
        );
      }
    }
    for (const { spec } of rendered.services) {
      const [pod] = pods().filter(({ metadata }) => selects(spec.selector, metadata.labels));
      const ports = (pod?.spec.containers ?? []).flatMap((container) => container.ports ?? []);
      for (const { targetPort } of spec.ports) expect(ports.map(({ name }) => name)).toContain(targetPort);
    }
  });

  test('takes secrets by reference, from one Secret and keys that the documentation names', () => {
    const documented = [
      ['S3_ACCESS_KEY', 'S3_SECRET_KEY', 'REDIS_PASSWORD', 'CELERY_BROKER_URL', 'CELERY_RESULT_BACKEND'],
      ['MASTERML_TOKEN', 'HUGGINGFACE_TOKEN'],
    ] as const;
    for (const { spec } of pods()) {
      for (const { env = [] } of spec.containers) {
        for (const { name, value, valueFrom } of env) {
          if (/PASSWORD|TOKEN|SECRET|ACCESS_KEY|AUTH/.test(name)) expect(value, name).toBeUndefined();
          if (valueFrom === undefined) continue;
          const { name: secret, key, optional = false } = valueFrom.secretKeyRef;
          expect(secret).toBe('ml-service-secrets');
          expect(documented[optional ? 1 : 0]).toContain(key);
        }
      }
    }
  });

  test('reaches the broker of the release where there is one', () => {
    const hosts = rendered.services.map(({ metadata }) => metadata.name);
    for (const { spec, metadata } of pods()) {
      if (metadata.labels['app.kubernetes.io/component'] === 'broker') continue;
      for (const container of spec.containers) {
        const url = envOf(container).CELERY_BROKER_URL ?? '';
        if (url === 'ml-service-secrets/CELERY_BROKER_URL') continue;
        expect(hosts).toContain(/^redis:\/\/:\$\(REDIS_PASSWORD\)@(.+):6379\/0$/.exec(url)?.[1]);
      }
    }
  });
});
