import { describe, expect, test } from 'vitest';
import { notes } from './support.ts';

const on = { enabled: true };
const slack = { notifications: { slack: on } };
const gpuPool = { workers: { pools: { gpu: on } } };
const told = { prometheus: on, alertmanager: { ...on, ...slack } };
const warningsOf = async (values: object) =>
  (await notes({ values })).split('\n').filter((line) => line.includes('WARNING: '));

describe('NOTES warn of what stays silent', () => {
  test.each<[string, object, RegExp]>([
    ['a Prometheus without Alertmanager', { prometheus: on }, /alerts go nowhere/],
    ['no channel', { prometheus: on, alertmanager: on }, /nobody is told .* critical or warning/],
    [
      'a channel that the route of a severity leaves out',
      { prometheus: on, alertmanager: { ...on, notifications: { pagerduty: on } } },
      /nobody is told of an alert that is warning\./,
    ],
    ['an operator without channel', { monitoring: { operator: on } }, /there is no AlertmanagerConfig/],
    ['an Alertmanager that no Prometheus of ours calls', { alertmanager: on }, /tell your Prometheus of it/],
    [
      'a Grafana beside a Prometheus without our rules',
      { grafana: { ...on, datasource: { url: 'http://a.example' } } },
      /no dashboards/,
    ],
    ['cards that nobody watches', { ...told, ...gpuPool }, /cards of audio-gpu-worker, and GpuMemoryHigh/],
  ])('%s', async (_title, values, warning) => {
    expect((await warningsOf(values)).filter((line) => warning.test(line))).toHaveLength(1);
  });

  test.each<[string, object]>([
    ['the bundled servers', told],
    ['an operator that is told', { monitoring: { operator: on }, alertmanager: slack }],
    ['cards that are watched', { ...told, ...gpuPool, monitoring: { gpu: on } }],
  ])('and not with %s', async (_title, values) => {
    const usual = await warningsOf({});
    expect(await warningsOf(values)).toEqual(usual);
  });
});

test('NOTES name every key that a server waits for, and where', async () => {
  const auth = { auth: { existingSecret: 'web' } };
  const text = await notes({
    values: {
      global: { monitoring: { namespace: 'watch' } },
      prometheus: { ...on, ...auth, alertmanager: { existingSecret: 'web' } },
      alertmanager: { ...on, ...auth, notifications: { slack: on, heartbeat: on } },
      grafana: { ...on, datasource: { existingSecret: 'web' } },
    },
  });
  expect(text).toContain('The Secret web in namespace watch must hold web.yml, username, password,');
  expect(text).toContain(
    'The Secret monitoring-secrets in namespace watch must hold ALERTMANAGER_HEARTBEAT_URL, SLACK_WEBHOOK_URL, GRAFANA_ADMIN_USER, GRAFANA_ADMIN_PASSWORD,',
  );
  expect(await notes({})).not.toContain('monitoring-secrets');
});
