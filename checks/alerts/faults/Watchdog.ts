import type { Fault } from '../fault.ts';

/** Faults that must make Watchdog fire. */
export const faults: readonly Fault[] = [
  {
    what: 'Prometheus scaled to zero: no heartbeat arrives for three minutes',
    round: 9,
    missingAfterMs: 180_000,
    inject: (service) => service.scale('deployment/prometheus', 0),
    repair: (service) => service.scale('deployment/prometheus', 1),
  },
];
