import type { Versions } from '../versions.ts';
import { pinned, type Source } from './source.ts';

/** What stands around the application on a cluster: storage, gateways, operators. One entry a module. */
export function servicePrograms(pins: Versions): readonly Source[] {
  return [
    {
      ...pinned(pins, 'versitygw', 'github.com/versity/versitygw'),
      packages: { versitygw: 'github.com/versity/versitygw/cmd/versitygw' },
      stamp: { 'main.Version': `v${pins.tools.versitygw}` },
      seconds: 100,
    },
  ];
}
