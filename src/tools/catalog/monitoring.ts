import type { Versions } from '../versions.ts';
import { pinned, type Source } from './source.ts';

/** What watches the service, with the programs that check its configuration. One entry a module. */
export function monitoringPrograms(pins: Versions): readonly Source[] {
  return [
    {
      ...prometheus(pins),
      packages: {
        prometheus: 'github.com/prometheus/prometheus/cmd/prometheus',
        promtool: 'github.com/prometheus/prometheus/cmd/promtool',
      },
      // Of the ways to find targets only Kubernetes and DNS; the others need modules that a proxy may lack.
      tags: ['netgo', 'remove_all_sd', 'enable_kubernetes_sd', 'enable_dns_sd'],
      stamp: { 'github.com/prometheus/common/version.Version': `${pins.tools.prometheus}` },
      seconds: 170,
    },
    {
      ...pinned(pins, 'alertmanager', 'github.com/prometheus/alertmanager'),
      packages: {
        alertmanager: 'github.com/prometheus/alertmanager/cmd/alertmanager',
        amtool: 'github.com/prometheus/alertmanager/cmd/amtool',
      },
      stamp: { 'github.com/prometheus/common/version.Version': `${pins.tools.alertmanager}` },
      seconds: 48,
    },
  ];
}

/** Prometheus 3.16.0 is the module's version v0.316.0. */
function prometheus(pins: Versions): ReturnType<typeof pinned> {
  const source = pinned(pins, 'prometheus', 'github.com/prometheus/prometheus');
  const [major = '', minor = '', patch = ''] = `${pins.tools.prometheus}`.split('.');
  const version = `v0.${major}${minor.padStart(2, '0')}.${patch}`;
  return { ...source, upstream: { ...source.upstream, version } };
}
