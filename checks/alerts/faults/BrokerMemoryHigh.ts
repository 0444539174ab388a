import type { Fault } from '../fault.ts';

/** Faults that must make BrokerMemoryHigh fire. */
export const faults: readonly Fault[] = [
  {
    what: 'the broker filled to 90 % of its maxmemory',
    round: 1,
    inject: async (service) => {
      const limit = Number((await service.broker('CONFIG', 'GET', 'maxmemory')).split('\n')[1]);
      await service.broker('SETRANGE', 'filler', String(Math.floor(limit * 0.88)), 'x');
    },
    repair: (service) => service.broker('DEL', 'filler').then(),
  },
];
