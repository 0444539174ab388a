import type { Versions } from '../versions.ts';
import { pinned, type Source } from './source.ts';

/** Programs that only read the chart, or replace the registry that it is published to. */
export function checkPrograms(pins: Versions): readonly Source[] {
  return [
    {
      ...pinned(pins, 'kubeconform', 'github.com/yannh/kubeconform'),
      packages: { kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform' },
      stamp: { 'main.version': `v${pins.tools.kubeconform}` },
      seconds: 5,
    },
    {
      ...pinned(pins, 'ct', 'github.com/helm/chart-testing/v3'),
      packages: { ct: 'github.com/helm/chart-testing/v3/ct' },
      stamp: { 'github.com/helm/chart-testing/v3/ct/cmd.Version': `v${pins.tools.ct}` },
      seconds: 7,
    },
    {
      ...pinned(pins, 'registry', 'github.com/distribution/distribution/v3'),
      packages: { registry: 'github.com/distribution/distribution/v3/cmd/registry' },
      stamp: { 'github.com/distribution/distribution/v3/version.version': `v${pins.tools.registry}` },
      seconds: 120,
    },
    {
      ...pinned(pins, 'cosign', 'github.com/sigstore/cosign/v3'),
      packages: { cosign: 'github.com/sigstore/cosign/v3/cmd/cosign' },
      stamp: { 'sigs.k8s.io/release-utils/version.gitVersion': `v${pins.tools.cosign}` },
      seconds: 250,
    },
  ];
}
