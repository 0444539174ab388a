import { expect, test } from 'vitest';
import { renderedObjects } from './renders.ts';

/** What is refused of broker and beat: the values, and words of the message: the place, the reason, the remedy. */
const refused: readonly (readonly [title: string, values: object, words: readonly string[]])[] = [
  [
    'a claim that nothing uses',
    { broker: { mode: 'external', persistence: { existingClaim: 'mine' } } },
    ['broker.persistence.existingClaim', 'broker.mode: embedded'],
  ],
  [
    'a claim beside an emptyDir',
    { broker: { persistence: { enabled: false, existingClaim: 'mine', size: '128Mi' } } },
    ['broker.persistence.existingClaim', 'broker.persistence.enabled: true'],
  ],
  [
    'a broker without memory limit',
    { broker: { resources: { limits: { memory: null } } } },
    ['broker.resources.limits.memory', 'at least 64Mi'],
  ],
  [
    'an external broker beside the embedded one',
    { broker: { external: { address: 'redis.example.com:6379' } } },
    ['broker.external.address', 'embedded broker is in use', 'broker.mode: external'],
  ],
  [
    'an authority without TLS',
    { broker: { mode: 'external', external: { tls: { ca: { secret: 'mine' } } } } },
    ['broker.external.tls.ca.secret', 'the Secret mine', 'broker.external.tls.enabled: true'],
  ],
  [
    'Sentinels that know no master',
    { broker: { mode: 'external', external: { sentinel: { login: true } } } },
    ['broker.external.sentinel.login', 'broker.external.sentinel.masterName'],
  ],
  [
    'a beat that would be restarted while it waits',
    { beat: { probes: { liveness: { maxAge: '4m' } } } },
    ['beat.probes.liveness.maxAge', 'at least 5m'],
  ],
];

test.each(refused)('refused, with place, reason and remedy: %s', async (_title, values, words) => {
  const error = await renderedObjects({ values }).then(
    () => 'it was accepted',
    (refusal: unknown) => String(refusal),
  );
  for (const word of [...words, '1 problem(s) in the values']) expect(error).toContain(word);
});

/** Neighbours of what is refused. */
const accepted: readonly (readonly [title: string, values: object])[] = [
  ['the defaults of an external broker beside the embedded one', { broker: { external: { database: 0 } } }],
  ['an external broker of which nothing more is known', { broker: { mode: 'external' } }],
  [
    'TLS by the authorities of the image',
    { broker: { mode: 'external', external: { tls: { enabled: true } } } },
  ],
  ['a beat that is switched off', { beat: { enabled: false, probes: { liveness: { maxAge: '1m' } } } }],
  ['settings of a Flower that is switched off', { flower: { env: { FLOWER_PORT: '1' } } }],
];

test.each(accepted)('accepted: %s', async (_title, values) => {
  expect(await renderedObjects({ values })).not.toEqual([]);
});
