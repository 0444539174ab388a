import { programsOfGroups } from '../src/tools/catalog/catalog.ts';
import { helmMatrix } from './matrix.ts';
import type { Part } from './runner/part.ts';
import { runPytest } from './runner/pytest.ts';
import { runVitest } from './runner/vitest.ts';

/** Tests that start brokers and workers wait most of the time, so several run at once. */
const slow = ['-n', '6', '-m', 'slow'];
const quick = ['-n', '4', '-m', 'not slow'];

/** Minors beside the one that the application pins; each has a lock file among the tests. */
const otherCelerys = ['5.4', '5.6', '5.7'];

/**
 * Everything that runs tests without root and without a node. Three lanes on two cores: pytest
 * mostly waits, so it runs beside the two longest, and no core is idle at the end.
 */
export const testParts: readonly Part[] = [
  {
    name: 'unit',
    title: 'unit tests',
    programs: [...helmMatrix, 'kubectl', 'kubeconform', 'registry', 'cosign'],
    run: ({ signal }) => runVitest('unit', { signal, timeoutMs: 15 * 60_000 }),
  },
  {
    name: 'python-delivery',
    title: 'pytest: the Celery delivery module',
    programs: [],
    run: (context) =>
      runPytest(
        {
          tests: 'test/python/delivery',
          requirements: 'test/python/delivery/requirements.txt',
          options: quick,
        },
        context,
      ),
  },
  {
    name: 'python-worker',
    title: 'pytest: the metrics sidecar',
    programs: [],
    run: (context) =>
      // The application's own pins: the sidecar runs in its image.
      runPytest(
        {
          tests: 'test/python/worker',
          requirements: 'lab/reference-app/requirements-dev.txt',
          options: ['-m', 'not slow'],
        },
        context,
      ),
  },
  {
    name: 'python-reference-app',
    title: 'pytest: the reference application',
    programs: [],
    run: (context) =>
      runPytest(
        { tests: 'lab/reference-app/tests', requirements: 'lab/reference-app/requirements-dev.txt' },
        context,
      ),
  },
  {
    name: 'server',
    title: 'a real etcd and kube-apiserver accept every environment',
    programs: ['helm', 'kubectl', 'etcd', 'kube-apiserver'],
    run: ({ signal }) => runVitest('server', { signal, timeoutMs: 15 * 60_000 }),
  },
  {
    name: 'render',
    title: 'invariants of the rendered chart',
    programs: ['helm'],
    run: ({ signal }) => runVitest('render', { signal, timeoutMs: 15 * 60_000 }),
  },
  {
    name: 'rules',
    title: 'promtool and amtool: alerts, their routes and the configuration of their servers',
    programs: ['helm', 'promtool', 'amtool', 'alertmanager'],
    run: ({ signal }) => runVitest('rules', { signal, timeoutMs: 15 * 60_000 }),
  },
];

/** The programs of a lab node and of the services on it; built before any test's time runs. */
const labPrograms = ['kubernetes', 'node', 'services'] as const;

/** Tests of the lab itself and of `up`; all others are of the service on it. */
const aboutTheLab = ['node', 'node-lifecycle', 'up', 'context', 'interrupt', 'upgrade'].map(
  (name) => `test/cluster/${name}.test.ts`,
);

/**
 * The tests on a lab node; minutes long, so that their lines are shown as they come. They mostly wait, so two labs
 * run side by side. The other parts need no node, and three minutes of CPU that `npm test` has not got.
 */
export const clusterParts: readonly Part[] = [
  clusterPart('cluster-service', 'the service on a real node', {
    lab: 'audio-processor-service-test',
    filter: aboutTheLab.flatMap((file) => ['--exclude', file]),
  }),
  clusterPart('cluster-lab', 'a real node, and `up` on it', {
    lab: 'audio-processor-test',
    filter: aboutTheLab,
  }),
  {
    name: 'lifecycle',
    title: 'installs, upgrades, switches and published releases under every Helm, on a real API server',
    programs: [...helmMatrix, 'kubectl', 'etcd', 'kube-apiserver', 'registry', 'cosign'],
    run: ({ signal }) => runVitest('lifecycle', { signal, timeoutMs: 15 * 60_000 }),
  },
  {
    name: 'python-delivery-slow',
    title: 'pytest: the Celery delivery module, outages and drains',
    programs: [],
    run: (context) =>
      runPytest(
        {
          tests: 'test/python/delivery',
          requirements: 'test/python/delivery/requirements.txt',
          options: slow,
        },
        context,
      ),
  },
  {
    name: 'python-worker-slow',
    title: 'pytest: the metrics sidecar with a real worker',
    programs: [],
    run: (context) =>
      runPytest(
        {
          tests: 'test/python/worker',
          requirements: 'lab/reference-app/requirements-dev.txt',
          options: ['-m', 'slow'],
        },
        context,
      ),
  },
  ...otherCelerys.map(
    (celery): Part => ({
      name: `python-delivery-${celery}`,
      title: `pytest: the delivery module’s contract with Celery ${celery}`,
      programs: [],
      run: (context) =>
        runPytest(
          {
            tests: 'test/python/delivery',
            requirements: `test/python/delivery/requirements-celery-${celery}.txt`,
            options: ['-n', '6', '-m', 'contract'],
          },
          context,
        ),
    }),
  ),
];

function clusterPart(
  name: string,
  title: string,
  { lab, filter }: { readonly lab: string; readonly filter: readonly string[] },
): Part {
  return {
    name,
    title,
    programs: programsOfGroups(labPrograms),
    run: ({ signal }) =>
      runVitest('cluster', {
        signal,
        filter,
        env: { AUDIO_PROCESSOR_TEST_LAB: lab },
        timeoutMs: 60 * 60_000,
        onLine: (line) => process.stderr.write(`${name}: ${line}\n`),
      }),
  };
}
