import { describe, expect, test } from 'vitest';
import { notes, overlay } from './support.ts';

const on = { enabled: true };
const slack = { notifications: { slack: on } };
const gpuPool = { workers: { pools: { gpu: on } } };
const notified = { prometheus: on, alertmanager: { ...on, ...slack } };
const warningsOf = async (values: object) =>
  (await notes({ values })).split('\n').filter((line) => line.includes('WARNING: '));

describe('NOTES warn of what is not monitored or notified', () => {
  test.each<[string, object, RegExp]>([
    ['a Prometheus without Alertmanager', { prometheus: on }, /alertmanager\.enabled/],
    ['no channel', { prometheus: on, alertmanager: on }, /severity critical or warning\./],
    [
      'a channel that the route of a severity leaves out',
      { prometheus: on, alertmanager: { ...on, notifications: { pagerduty: on } } },
      /severity warning\./,
    ],
    ['an operator without channel', { monitoring: { operator: on } }, /no AlertmanagerConfig/],
    ['an Alertmanager without a Prometheus', { alertmanager: on }, /sends alerts to Alertmanager/],
    [
      'a Grafana beside a Prometheus without our rules',
      { grafana: { ...on, datasource: { url: 'http://a.example' } } },
      /no dashboards/,
    ],
    ['GPUs that are not monitored', { ...notified, ...gpuPool }, /GPUs of audio-gpu-worker .*GpuMemoryHigh/],
  ])('%s', async (_title, values, warning) => {
    expect((await warningsOf(values)).filter((line) => warning.test(line))).toHaveLength(1);
  });

  test.each<[string, object]>([
    ['the bundled servers', notified],
    ['an operator with a channel', { monitoring: { operator: on }, alertmanager: slack }],
    ['GPUs that are monitored', { ...notified, ...gpuPool, monitoring: { gpu: on } }],
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
  expect(text).toMatch(/^ *web in namespace watch .*: web.yml, username, password$/m);
  expect(text).toMatch(
    /^ *monitoring-secrets in namespace watch .*: ALERTMANAGER_HEARTBEAT_URL, SLACK_WEBHOOK_URL, GRAFANA_ADMIN_USER, GRAFANA_ADMIN_PASSWORD$/m,
  );
  expect(await notes({})).not.toContain('monitoring-secrets');
});

describe('NOTES', () => {
  test('have the address of each server, and what is missing', async () => {
    const printed = await notes({
      values: {
        prometheus: on,
        alertmanager: on,
        grafana: on,
        global: { monitoring: { namespace: 'watch' } },
      },
    });
    for (const [server, port] of Object.entries({ prometheus: 9090, alertmanager: 9093, grafana: 3000 })) {
      expect(printed).toContain(
        `kubectl --namespace watch port-forward service/${server}-service ${port}:${port}`,
      );
      expect(printed).toContain(`http://127.0.0.1:${port}/${server}/`);
    }
    expect(printed).toContain('WARNING: No channel receives');
    expect(await notes({ values: { prometheus: on } })).toContain('WARNING: No notification is sent');
  });

  test('name the URLs from outside, and warn of nothing where all is set', async () => {
    const printed = await notes({ valuesFiles: [overlay('monitoring')] });
    expect(printed).toContain('External URL: https://monitoring.example.com/grafana');
    expect(printed).not.toContain('No channel receives');
    expect(await notes({})).not.toMatch(/^Monitoring$/m);
  });
});
