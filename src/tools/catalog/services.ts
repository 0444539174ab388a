import type { Versions } from '../versions.ts';
import { pinned, type Source } from './source.ts';

/** What runs beside the application on a cluster: storage, gateways, operators. One entry a module. */
export function servicePrograms(pins: Versions): readonly Source[] {
  return [
    {
      ...pinned(pins, 'versitygw', 'github.com/versity/versitygw'),
      packages: { versitygw: 'github.com/versity/versitygw/cmd/versitygw' },
      stamp: { 'main.Version': `v${pins.tools.versitygw}` },
      seconds: 100,
    },
    {
      ...pinned(pins, 'contour', 'github.com/projectcontour/contour'),
      packages: { contour: 'github.com/projectcontour/contour/cmd/contour' },
      stamp: {},
      seconds: 86,
    },
    {
      kind: 'go',
      name: 'keda',
      // The version whose kinds the chart renders.
      upstream: { module: 'github.com/kedacore/keda/v2', version: `v${pins.customResources.keda}` },
      packages: {
        'keda-operator': 'github.com/kedacore/keda/v2/cmd/operator',
        'keda-adapter': 'github.com/kedacore/keda/v2/cmd/adapter',
        'keda-webhooks': 'github.com/kedacore/keda/v2/cmd/webhooks',
      },
      stamp: { 'github.com/kedacore/keda/v2/version.Version': `${pins.customResources.keda}` },
      seconds: 410,
    },
  ];
}
