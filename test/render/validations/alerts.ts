import { type Accepted, cpu, on, type Refused } from './cases.ts';

const alert = (name: string, values: object) => ({ monitoring: { alerts: { [name]: values } } });
const notifying = (alertmanager: object, more: object = {}) => ({
  prometheus: on,
  alertmanager: { ...on, ...alertmanager },
  ...more,
});
const byOperator = (alertmanager: object) => ({ alertmanager, monitoring: { operator: on } });

export const refused: readonly Refused[] = [
  ['a window of 0', alert('PoolStalled', { window: '0s' }), ['monitoring.alerts.PoolStalled.window']],
  [
    'a window of fewer than four scrapes',
    { global: { monitoring: { scrapeInterval: '30s' } }, ...alert('PoolStalled', { window: '1m' }) },
    ['monitoring.alerts.PoolStalled.window'],
  ],
  ...['0s', '61s'].map(
    (time): Refused => [
      `a scrape and evaluation interval of ${time}`,
      { global: { monitoring: { scrapeInterval: time } }, prometheus: { evaluationInterval: time } },
      ['global.monitoring.scrapeInterval', 'prometheus.evaluationInterval'],
    ],
  ),
  ...['0s', '2h'].map(
    (threshold): Refused => [
      `a threshold of ${threshold}, which no bucket of the histogram ends at`,
      alert('SlowProcessing', { threshold }),
      ['monitoring.alerts.SlowProcessing.threshold'],
    ],
  ),
  ...['3h', '7m'].map(
    (slowAfter): Refused => [
      `a pool's threshold of ${slowAfter}, which no bucket of the histogram ends at`,
      cpu({ slowAfter }),
      ['workers.pools.cpu.slowAfter'],
    ],
  ),
  [
    'a threshold that other buckets lack',
    { monitoring: { taskDurationBuckets: ['1m', '10m', '1h'] } },
    ['monitoring.alerts.SlowProcessing.threshold'],
  ],
  [
    'buckets that do not ascend',
    { monitoring: { taskDurationBuckets: ['1m', '5m', '5m', '1h'] } },
    ['monitoring.taskDurationBuckets'],
  ],
  ['no buckets', { monitoring: { taskDurationBuckets: [] } }, ['monitoring.taskDurationBuckets']],
  [
    'intervals with which Alertmanager does not start',
    notifying({
      groupInterval: '0s',
      routes: { critical: { repeatInterval: '0s' }, warning: { repeatInterval: '0s' } },
      notifications: { heartbeat: { interval: '0s' } },
    }),
    [
      'alertmanager.groupInterval',
      'alertmanager.notifications.heartbeat.interval',
      'alertmanager.routes.critical.repeatInterval',
      'alertmanager.routes.warning.repeatInterval',
    ],
  ],
  [
    'a heartbeat without its alert',
    notifying(
      { notifications: { heartbeat: on } },
      { monitoring: { alerts: { Watchdog: { enabled: false } } } },
    ),
    ['monitoring.alerts.Watchdog.enabled'],
  ],
  [
    'a channel without the Secret of its URL',
    notifying({ existingSecret: '', notifications: { slack: on } }),
    ['alertmanager.existingSecret'],
  ],
  ...[notifying, byOperator].map(
    (how): Refused => [
      `e-mail without addresses and server, ${how.name}`,
      how({ notifications: { email: on } }),
      ['from', 'smarthost', 'to'].map((key) => `alertmanager.notifications.email.${key}`),
    ],
  ),
  [
    'a matcher with which the bundled Alertmanager does not start',
    notifying({ inhibitions: { mine: { source: ['x'], target: [], equal: [] } } }),
    ['alertmanager.inhibitions.mine.source'],
  ],
  ...['a', '="b"', 'a=="b"', 'a="b', 'a="b",c="d"', '{a="b"}', '"a"="b"', 'a=b c'].map(
    (matcher): Refused => [
      `no matcher: ${matcher}`,
      byOperator({
        notifications: { slack: on },
        inhibitions: { mine: { source: ['a="b"'], target: [matcher], equal: [] } },
      }),
      ['alertmanager.inhibitions.mine.target'],
    ],
  ),
];

export const accepted: readonly Accepted[] = [];
