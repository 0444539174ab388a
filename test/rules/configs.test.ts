import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { RuleFile } from '../../checks/alerts/rule-file.ts';
import { type Manifest, type RenderOptions, renderChart } from '../../src/chart/helm.ts';
import { CommandError, run } from '../../src/process/run.ts';
import { program } from '../../src/tools/programs.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import { overlay, cases as renders } from '../render/support.ts';
import { withPodFiles } from './pod-files.ts';
import { renderedRules } from './rendered.ts';

type Server = 'prometheus' | 'alertmanager';
type Change = (text: string, path: string) => string;

const both = {
  prometheus: { enabled: true },
  alertmanager: { enabled: true },
  monitoring: { operator: { enabled: false } },
};
/** A channel of every kind. */
const everyChannel = { valuesFiles: [overlay('monitoring')] };

/** The objects of a render with both servers, which the render itself may have left out. */
const withBoth = (options: RenderOptions = {}): Promise<readonly Manifest[]> =>
  renderChart({ ...options, values: mergeValues((options.values ?? {}) as ValueMap, [both]) });

const checks: Readonly<Record<Server, readonly [tool: 'promtool' | 'amtool', args: readonly string[]]>> = {
  prometheus: ['promtool', ['check', 'config', '--lint=all', '--lint-fatal']],
  alertmanager: ['amtool', ['check-config']],
};

/** Errors of the server's own tool in the files that its pod reads; empty when there are none. */
async function errorsOf(objects: readonly Manifest[], server: Server, change?: Change): Promise<string> {
  const [tool, args] = checks[server];
  const path = await program(tool);
  const check = async (file: string) => {
    try {
      await run(path, [...args, file], { timeoutMs: 60_000 });
      return '';
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return `${error.stdout}\n${error.stderr}`;
    }
  };
  return withPodFiles(objects, server, check, change);
}

describe.each(['prometheus', 'alertmanager'] as const)('the configuration of %s', (server) => {
  test('has no error in any environment', async () => {
    for (const { title, options } of renders()) {
      expect(await errorsOf(await withBoth(options), server), title).toBe('');
    }
  });

  test('has an error with one misspelled word in any of its files', async () => {
    const objects = await withBoth(everyChannel);
    const broken: string[] = [];
    const wrong: Readonly<Record<string, string>> = {
      'prometheus.yml': 'evaluation_interval',
      'rules/audio-processor.yaml': 'annotations',
      'scrape/audio-processor.yaml': 'relabel_configs',
      'alertmanager.yml': 'group_wait',
      'messages.tmpl': 'end',
    };
    for (const [file, word] of Object.entries(wrong)) {
      let changed = false;
      const text = await errorsOf(objects, server, (old, path) => {
        changed ||= path.endsWith(file);
        return path.endsWith(file) ? old.replace(word, `${word}s`) : old;
      });
      if (!changed) continue;
      broken.push(file);
      expect(text, file).not.toBe('');
    }
    expect(broken).toHaveLength(server === 'prometheus' ? 3 : 2);
  });
});

/** Receivers that `amtool config routes test` names for an alert with these labels. */
async function receivers(
  objects: readonly Manifest[],
  labels: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const path = await program('amtool');
  return withPodFiles(objects, 'alertmanager', async (file) => {
    const given = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    const { stdout } = await run(path, ['config', 'routes', 'test', `--config.file=${file}`, ...given], {
      timeoutMs: 20_000,
    });
    return stdout.trim().split('\n');
  });
}

describe('the route of an alert', () => {
  test('is that of its severity, for every rendered alert', async () => {
    const objects = await withBoth(everyChannel);
    const { groups } = parse(await renderedRules('bundled')) as RuleFile;
    const alerts = groups.flatMap(({ rules }) => rules).filter(({ alert }) => alert !== undefined);
    expect(alerts.length).toBeGreaterThan(10);
    for (const { alert, labels } of alerts) {
      const { severity = '' } = labels as { readonly severity?: string };
      const expected = alert === 'Watchdog' ? 'heartbeat' : severity;
      const found = await receivers(objects, { alertname: `${alert}`, severity, namespace: 'ml-service' });
      expect(found, `${alert}`).toEqual([expected]);
    }
  });

  test('of an unknown severity, or of none, is that of a warning', async () => {
    const objects = await withBoth(everyChannel);
    expect(await receivers(objects, { alertname: 'Foreign', severity: 'page' })).toEqual(['warning']);
    expect(await receivers(objects, { alertname: 'Foreign' })).toEqual(['warning']);
  });

  test('of Watchdog has the receiver nobody without a heartbeat', async () => {
    expect(await receivers(await withBoth(), { alertname: 'Watchdog', severity: 'none' })).toEqual([
      'nobody',
    ]);
  });
});

test('a receiver has the channels of its route, and reads each secret from a file', async () => {
  const objects = await withBoth(everyChannel);
  const map = objects.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && /alertmanager-config$/.test(metadata.name),
  );
  const { 'alertmanager.yml': text = '' } = (map as { data?: Record<string, string> }).data ?? {};
  const config = parse(text) as { readonly receivers: readonly Readonly<Record<string, unknown>>[] };
  const channels = Object.fromEntries(
    config.receivers.map(({ name, ...kinds }) => [name, Object.keys(kinds).sort()]),
  );
  expect(channels).toEqual({
    nobody: [],
    critical: ['email_configs', 'pagerduty_configs', 'slack_configs', 'webhook_configs'],
    warning: ['email_configs', 'slack_configs', 'webhook_configs'],
    heartbeat: ['webhook_configs'],
  });
  expect(text).not.toMatch(/https?:\/\/|password: /);
});
