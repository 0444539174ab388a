import type { Versions } from '../versions.ts';
import { pinned, type Source } from './source.ts';

/** What only looks at the chart. */
export function checkPrograms(pins: Versions): readonly Source[] {
  return [
    {
      ...pinned(pins, 'kubeconform', 'github.com/yannh/kubeconform'),
      packages: { kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform' },
      stamp: { 'main.version': `v${pins.tools.kubeconform}` },
      seconds: 5,
    },
  ];
}
