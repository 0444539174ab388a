import type { Fault } from '../fault.ts';

/** Faults that must make TargetMissing fire. */
export const faults: readonly Fault[] = [
  {
    what: 'Flower scaled to zero',
    round: 3,
    labels: { job: 'audio-flower' },
    inject: (service) => service.scale('deployment/flower', 0),
    repair: (service) => service.scale('deployment/flower', 1),
  },
];

export const shortened = { for: '3m' };
