import type { Fault } from '../fault.ts';

/** Faults that must make GpuMemoryHigh fire. */
export const faults: readonly Fault[] = [
  {
    what: "an exporter in place of DCGM's that reports 95 % of a GPU's memory in use",
    round: 3,
    inject: (service) =>
      service.kubectl('--namespace=gpu-operator', 'set', 'env', 'deployment/dcgm', 'USED=95').then(),
    repair: (service) =>
      service.kubectl('--namespace=gpu-operator', 'set', 'env', 'deployment/dcgm', 'USED=10').then(),
  },
];
