import { programsOfGroups } from '../src/tools/catalog/catalog.ts';
import type { Program } from '../src/tools/programs.ts';
import { helmMatrix } from './matrix.ts';
import type { Part } from './runner/part.ts';
import { type PythonSuite, runPytest } from './runner/pytest.ts';
import { runVitest } from './runner/vitest.ts';
import { builtParts } from './static-parts.ts';

/** Tests that start brokers and workers wait most of the time, so several run at once. */
const slow = ['-n', '6', '-m', 'slow'];
const quick = ['-n', '4', '-m', 'not slow'];

/** Minors beside the one that the application pins; each has a lock file among the tests. */
const otherCelerys = ['5.4', '5.6', '5.7'];

/** `npm test`: what needs neither root nor a program that takes minutes to build, but `render`. */
export const testParts: readonly Part[] = [
  vitestPart('render', 'invariants of the rendered chart', ['render', 'helm']),
  vitestPart('unit', 'unit tests', ['render', 'helm', 'kubectl', 'kubeconform']),
  pytestPart('python-delivery', 'the Celery delivery module', delivery(quick)),
  pytestPart('python-worker', 'the metrics sidecar', worker(['-m', 'not slow'])),
];

/** `npm run test:long`: proofs whose samples `npm test` checks, and what gates a release. */
export const longParts: readonly Part[] = [
  vitestPart('long', 'every leaf of the schema; alerts that were measured on the lab', ['render', 'helm']),
];

/** The programs of a lab node and of the services on it; built before any test's time runs. */
const labPrograms = ['kubernetes', 'node', 'services'] as const;

/** Tests of the lab itself and of `up`; all others are of the service on it. */
const aboutTheLab = ['node', 'node-lifecycle', 'up', 'context', 'interrupt', 'upgrade'].map(
  (name) => `test/cluster/${name}.test.ts`,
);

/**
 * The tests on a lab node; minutes long, so that their lines are shown as they come. They mostly wait, so two labs
 * run side by side. The other parts need no node, but programs that take minutes to build, or minutes of waiting.
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
  vitestPart('lifecycle', 'installs, upgrades, switches and published releases, on a real API server', [
    ...helmMatrix,
    'kubectl',
    'etcd',
    'kube-apiserver',
    'registry',
    'cosign',
    'render',
  ]),
  vitestPart('server', 'a real etcd and kube-apiserver accept every environment', [
    'helm',
    'kubectl',
    'etcd',
    'kube-apiserver',
    'render',
  ]),
  vitestPart('rules', 'promtool and amtool: alerts, their routes and the configuration of their servers', [
    'helm',
    'prometheus',
    'promtool',
    'amtool',
    'alertmanager',
    'render',
  ]),
  vitestPart(
    'programs',
    'publishing to a registry, signing, Python environments, and the control plane of the tests',
    [...helmMatrix, 'kubectl', 'etcd', 'kube-apiserver', 'registry', 'cosign', 'render'],
  ),
  vitestPart('helms', 'merge, validation, inheritance and archive under every Helm', [
    ...helmMatrix,
    'render',
  ]),
  ...builtParts,
  pytestPart('python-reference-app', 'the reference application', {
    tests: 'lab/reference-app/tests',
    requirements: 'lab/reference-app/requirements-dev.txt',
  }),
  pytestPart('python-delivery-slow', 'the Celery delivery module, outages and drains', delivery(slow)),
  pytestPart('python-worker-slow', 'the metrics sidecar with a real worker', worker(['-m', 'slow'])),
  ...otherCelerys.map((celery) =>
    pytestPart(
      `python-delivery-${celery}`,
      `the delivery module’s contract with Celery ${celery}`,
      delivery(['-n', '6', '-m', 'contract'], `requirements-celery-${celery}.txt`),
    ),
  ),
];

function vitestPart(name: string, title: string, programs: readonly Program[]): Part {
  return { name, title, programs, run: ({ signal }) => runVitest(name, { signal, timeoutMs: 15 * 60_000 }) };
}

function pytestPart(name: string, title: string, suite: PythonSuite): Part {
  return { name, title: `pytest: ${title}`, programs: [], run: (context) => runPytest(suite, context) };
}

function delivery(options: readonly string[], requirements = 'requirements.txt'): PythonSuite {
  const tests = 'test/python/delivery';
  return { tests, requirements: `${tests}/${requirements}`, options };
}

/** With the application's own pins: the sidecar runs in its image. */
function worker(options: readonly string[]): PythonSuite {
  return {
    tests: 'test/python/worker',
    requirements: 'lab/reference-app/requirements-dev.txt',
    options,
  };
}

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
