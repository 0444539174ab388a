import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { chartDirectory, type Manifest, type RenderOptions, renderChart } from '../../src/chart/helm.ts';
import { requiredSecretKeys } from '../../src/deploy/secrets.ts';
import { inhibitions } from '../../src/schema/inhibitions.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import { isMap } from './invariants/anatomy.ts';
import { fileOf } from './servers-support.ts';
import { overlay, render } from './support.ts';

interface Spec {
  readonly route: { readonly matchers: unknown; readonly routes: readonly { readonly receiver: string }[] };
  readonly receivers: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
  readonly inhibitRules: readonly Readonly<Record<'sourceMatch' | 'targetMatch' | 'equal', unknown>>[];
}
type Config = Manifest & { readonly spec: Spec };

const on = { enabled: true };
const mail = { ...on, to: 'a@a.example', from: 'b@a.example', smarthost: 'a.example:25', username: 'me' };
const operator = (alertmanager: object, own: object = {}) => ({
  alertmanager,
  monitoring: { operator: { ...on, ...own } },
});
const configsOf = async (options: RenderOptions) =>
  (await renderChart(options)).filter((one): one is Config => one.kind === 'AlertmanagerConfig');

async function only(options: RenderOptions): Promise<Config> {
  const [config, ...more] = await configsOf(options);
  if (config === undefined || more.length > 0) throw new Error('not one AlertmanagerConfig');
  return config;
}

describe('an AlertmanagerConfig', () => {
  test.each([
    ['a channel', operator({})],
    ['an operator', { alertmanager: { notifications: { slack: on } } }],
    [
      'an operator, beside the bundled servers',
      { prometheus: on, alertmanager: { ...on, notifications: { slack: on } } },
    ],
  ])('is not there without %s', async (_what, values) => {
    expect(await configsOf({ values })).toEqual([]);
  });

  test.each([
    ['slack', on, 'SLACK_WEBHOOK_URL', 'slackConfigs'],
    ['email', mail, 'ALERTMANAGER_SMTP_PASSWORD', 'emailConfigs'],
    ['webhook', on, 'ALERTMANAGER_WEBHOOK_URL', 'webhookConfigs'],
    ['pagerduty', on, 'PAGERDUTY_ROUTING_KEY', 'pagerdutyConfigs'],
    ['heartbeat', on, 'ALERTMANAGER_HEARTBEAT_URL', 'webhookConfigs'],
  ])('has the channel %s alone, with its key of a Secret beside it', async (channel, own, key, field) => {
    const values = operator({ existingSecret: 'mine', notifications: { [channel]: own } });
    const config = await only({ values });
    expect(config.metadata.namespace).toBeUndefined();
    const configured = config.spec.receivers.flatMap(({ name: _name, ...ways }) => Object.keys(ways));
    expect([...new Set(configured)]).toEqual([field]);
    expect(requiredSecretKeys([config])).toEqual([
      { secret: 'mine', key, readers: ['AlertmanagerConfig/audio-processor'] },
    ]);
  });

  test('has the labels by which the operator finds it, beside the chart’s own', async () => {
    const own = { labels: { team: 'audio', 'app.kubernetes.io/part-of': 'other' } };
    const { metadata } = await only({ values: operator({ notifications: { slack: on } }, own) });
    expect(metadata.labels).toMatchObject({ team: 'audio', 'app.kubernetes.io/part-of': 'audio-processor' });
  });

  test('selects only the alerts of its release, whatever the operator adds', async () => {
    const values = operator({ notifications: { slack: on } });
    const { metadata, spec } = await only({ values, release: 'second' });
    expect(metadata.name).toBe('second-audio-processor');
    expect(spec.route.matchers).toEqual([
      { name: 'namespace', matchType: '=', value: 'ml-service' },
      { name: 'release', matchType: '=', value: 'second' },
    ]);
    const rules = (await renderChart({ values, release: 'second' })).find(
      ({ kind }) => kind === 'PrometheusRule',
    );
    const alerts = JSON.stringify(rules).match(/"alert":/g) ?? [];
    const labelled = JSON.stringify(rules).match(/"alert":.*?"namespace":"ml-service","release":"second"/g);
    expect(labelled).toHaveLength(alerts.length);
  });
});

describe('what the operator gets', () => {
  let texts: Readonly<Record<string, string>>;
  beforeAll(async () => {
    texts = parse(await readFile(join(chartDirectory, 'files/messages.yaml'), 'utf8'));
  });

  /** Fields that have another name than the same in snake case. */
  const fields: Readonly<Record<string, string>> = {
    apiURL: 'api_url_file',
    urlSecret: 'url_file',
    authPassword: 'auth_password_file',
    routingKey: 'routing_key_file',
    requireTLS: 'require_tls',
    sourceMatch: 'source_matchers',
    targetMatch: 'target_matchers',
  };
  const snake = (field: string) => fields[field] ?? field.replace(/[A-Z]/g, (one) => `_${one.toLowerCase()}`);

  /** The same as the bundled Alertmanager reads it. */
  function asBundled(value: unknown): unknown {
    if (Array.isArray(value)) {
      const pairs = value.filter(isMap).map(({ key, value: text }) => [key, asBundled(text)]);
      return value.some((one) => isMap(one) && 'key' in one)
        ? Object.fromEntries(pairs)
        : value.map(asBundled);
    }
    if (isMap(value)) {
      if ('matchType' in value) return `${value.name}${value.matchType}"${value.value}"`;
      if ('key' in value) return `/etc/alertmanager/secrets/${value.key}`;
      return Object.fromEntries(Object.entries(value).map(([key, below]) => [snake(key), asBundled(below)]));
    }
    const part = Object.keys(texts).find((one) => texts[one] === value);
    return part === undefined ? value : `{{ template "message.${part}" . }}`;
  }

  test.each<[string, ValueMap]>([
    ['with all channels', {}],
    [
      'with other times and ways',
      {
        groupWait: '20s',
        groupInterval: '2m',
        routes: { critical: { repeatInterval: '2h' }, warning: { slack: false, pagerduty: true } },
        notifications: { slack: { channel: '' }, email: { username: '', requireTls: false } },
      },
    ],
    ['without a heartbeat', { notifications: { heartbeat: { enabled: false } } }],
    ['with an interval of the heartbeat', { notifications: { heartbeat: { interval: '5m' } } }],
    [
      'with an inhibition more',
      { inhibitions: { mine: { source: ['a="b"'], target: ['c!~"d"', 'e!="f"'], equal: [] } } },
    ],
  ])('is the configuration of the bundled Alertmanager, %s', async (_title, alertmanager) => {
    const valuesFiles = [overlay('operator')];
    const { spec } = await only({ valuesFiles, values: { alertmanager } });
    const bundled = mergeValues({ alertmanager }, [
      { prometheus: on, alertmanager: on, monitoring: { operator: { enabled: false } } },
    ]);
    const { configMaps } = await render({ valuesFiles, values: bundled });
    const { templates: _templates, ...file } = fileOf(configMaps, 'alertmanager.yml') as {
      templates: unknown;
    };
    const { matchers: _matchers, ...route } = spec.route;
    expect(asBundled({ ...spec, route })).toEqual(file);
  });
});

describe('an inhibition is removed by null', () => {
  const without = (names: readonly string[]) => ({
    notifications: { slack: on },
    inhibitions: Object.fromEntries(names.map((name) => [name, null])),
  });
  const all = Object.keys(inhibitions);

  test.each([[['broker']], [all]])('beside an operator: %s', async (names) => {
    const { spec } = await only({ values: operator(without(names)) });
    expect(spec.inhibitRules).toHaveLength(all.length - names.length);
  });

  test.each([[['broker']], [all]])('with the bundled server: %s', async (names) => {
    const rendering = await render({
      values: { prometheus: on, alertmanager: { ...on, ...without(names) } },
    });
    const { inhibit_rules } = fileOf(rendering.configMaps, 'alertmanager.yml') as {
      inhibit_rules: unknown[];
    };
    expect(inhibit_rules).toHaveLength(all.length - names.length);
  });
});

describe('a matcher of an inhibition', () => {
  test.each([
    ['a="b"', 'a', '=', 'b'],
    ['a!="b"', 'a', '!=', 'b'],
    ['a=~"b|c"', 'a', '=~', 'b|c'],
    ['a!~"b.+"', 'a', '!~', 'b.+'],
    [' a = "b c, {d}" ', 'a', '=', 'b c, {d}'],
    ['a=b', 'a', '=', 'b'],
    ['a=""', 'a', '=', ''],
    ['a="=~"', 'a', '=', '=~'],
    [String.raw`a="\"b\" \\n \n"`, 'a', '=', '"b" \\n \n'],
    [String.raw`a=~"b\.c\\d"`, 'a', '=~', String.raw`b\.c\d`],
    ['a="$1"', 'a', '=', '$1'],
  ])('%s is taken apart', async (matcher, name, matchType, value) => {
    const inhibitions = { mine: { source: [matcher], target: ['z="y"'], equal: ['x'] } };
    const { spec } = await only({ values: operator({ notifications: { slack: on }, inhibitions }) });
    expect(spec.inhibitRules).toContainEqual({
      sourceMatch: [{ name, matchType, value }],
      targetMatch: [{ name: 'z', matchType: '=', value: 'y' }],
      equal: ['x'],
    });
  });
});
