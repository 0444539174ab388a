import { type Accepted, on, type Refused } from './cases.ts';

const external = (more: object) => ({ mode: 'external', external: more });
const operator = (brokerExporter: object = {}) => ({ monitoring: { operator: on, brokerExporter } });

export const refused: readonly Refused[] = [
  [
    'a claim beside an external broker',
    { broker: { mode: 'external', persistence: { existingClaim: 'mine' } } },
    ['broker.persistence.existingClaim'],
  ],
  [
    'a claim without persistence',
    { broker: { persistence: { enabled: false, existingClaim: 'mine', size: '128Mi' } } },
    ['broker.persistence.existingClaim'],
  ],
  [
    'a broker without a memory limit',
    { broker: { resources: { limits: { memory: null } } } },
    ['broker.resources.limits.memory'],
  ],
  [
    'an external broker beside the embedded one',
    {
      broker: {
        external: {
          address: 'redis.example.com:6379',
          database: 1,
          tls: { enabled: true, ca: { secret: 'mine' }, clientCertificate: { secret: 'mine' } },
          sentinel: { masterName: 'main' },
        },
      },
    },
    [
      'broker.external.address',
      'broker.external.database',
      'broker.external.sentinel.masterName',
      'broker.external.tls.ca.secret',
      'broker.external.tls.clientCertificate.secret',
      'broker.external.tls.enabled',
    ],
  ],
  [
    'certificates without TLS',
    { broker: external({ tls: { ca: { secret: 'mine' }, clientCertificate: { secret: 'mine' } } }) },
    ['broker.external.tls.ca.secret', 'broker.external.tls.clientCertificate.secret'],
  ],
  [
    'a Sentinel login without a master name',
    { broker: external({ sentinel: { login: true } }) },
    ['broker.external.sentinel.login'],
  ],
  [
    'an exporter for Sentinels',
    { ...operator(), broker: external({ sentinel: { masterName: 'main' } }) },
    ['monitoring.brokerExporter.address'],
  ],
  [
    'an exporter for a certificate of another name',
    { ...operator(), broker: external({ tls: { enabled: true, checkHostname: false } }) },
    ['monitoring.brokerExporter.address'],
  ],
  [
    'an exporter that sends the password without TLS',
    { ...operator({ address: 'redis://one:6379' }), broker: external({ tls: { enabled: true } }) },
    ['monitoring.brokerExporter.address'],
  ],
  [
    'an exporter of another broker than the embedded one',
    operator({ address: 'redis://one:6379' }),
    ['monitoring.brokerExporter.address'],
  ],
];

export const accepted: readonly Accepted[] = [
  ['the default database beside the embedded broker', { broker: { external: { database: 0 } } }],
  ['an external broker by its URL alone', { broker: external({}) }],
  ["TLS by the image's authorities", { broker: external({ tls: { enabled: true } }) }],
];
