import type { Fault } from '../fault.ts';

/** Faults that must make ExtractorSuccessRateLow fire. */
export const faults: readonly Fault[] = [
  {
    what: 'tasks whose loudness extractor fails',
    round: 2,
    // Longer than some scrape intervals: Prometheus does not know how far a counter was before its first scrape.
    inject: (service) => service.send(40, { seconds: 2, failExtractors: ['loudness_extractor'] }),
    repair: (service) => service.send(1, {}),
  },
];

export const shortened = { window: '5m', for: '1m' };
