import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { type RuleFile, rulesFor } from '../../checks/alerts/rule-file.ts';
import { CommandError, run } from '../../src/process/run.ts';
import { alerts } from '../../src/schema/alerts.ts';
import { program } from '../../src/tools/programs.ts';
import type { Case, Fired, Kind } from './case.ts';

interface Verdict {
  readonly ok: boolean;
  /** What promtool wrote. */
  readonly text: string;
}

/** `promtool check rules` of several files by name; a duplicate is an error. */
export async function checkRules(files: Readonly<Record<string, string>>): Promise<Verdict> {
  return promtool(['check', 'rules', '--lint=all', '--lint-fatal'], files, Object.keys(files));
}

/**
 * `promtool test rules` of cases by alert, on the rules of each kind, in one call. Each alert is evaluated with the records
 * that it reads and no others: all of them, in each of a hundred cases, would take minutes. What has one text in several
 * kinds, rules and expectations, is evaluated in the first of them.
 */
export async function testRules(
  rules: Readonly<Partial<Record<Kind, string>>>,
  cases: Readonly<Record<string, readonly Case[]>>,
): Promise<Verdict> {
  const visited = new Set<string>();
  const files = Object.entries(rules).flatMap(([kind, text]) =>
    Object.entries(cases).flatMap(([name, examples]) => {
      const file = rulesFor(name, parse(text) as RuleFile);
      const at = `${kind}-${name}`;
      const tests = testFile(`${at}.yaml`, kind as Kind, name, examples, file);
      const content = stringify(file) + tests.replaceAll(`${kind}-`, '').replaceAll(`${kind}: `, '');
      if (visited.has(content)) return [];
      visited.add(content);
      return [[`${at}.yaml`, stringify(file)] as const, [`${at}.test.yaml`, tests] as const];
    }),
  );
  const tests = files.map(([name]) => name).filter((name) => name.endsWith('.test.yaml'));
  return promtool(['test', 'rules'], Object.fromEntries(files), tests);
}

/** A file of tests in promtool's own form. */
function testFile(
  file: string,
  kind: Kind,
  name: string,
  examples: readonly Case[],
  rules: RuleFile,
): string {
  const tests = examples.map((example) => ({
    name: `${kind}: ${name} ${example.title}`,
    interval: '1m',
    input_series: Object.entries(example.series).map(([series, values]) => ({ series, values })),
    ...expectation(name, example, kind, rules),
  }));
  // Unfolded, so that two kinds differ in nothing but their names.
  return stringify({ rule_files: [file], evaluation_interval: '1m', tests }, { lineWidth: 0 });
}

function expectation(name: string, { at, fires, title }: Case, kind: Kind, rules: RuleFile): object {
  const fired = fires.filter(({ only }) => only === undefined || only === kind);
  const labelled = fired.map((one) => ({ ...one, labels: { ...one.labels, ...common(name) } }));
  const firing = `ALERTS{alertname="${name}",alertstate="firing"}`;
  // promtool names the expression of what failed, and not the case.
  const comment = ` # ${kind}: ${name} ${title}`;
  // Silent for some minutes, and not just between two evaluations.
  if (fired.length === 0) {
    return {
      promql_expr_test: [{ expr: `max_over_time(${firing}[5m])${comment}`, eval_time: at, exp_samples: [] }],
    };
  }
  if (fired.every(({ summary }) => summary !== undefined)) {
    const exp_alerts = labelled.map(({ labels, ...texts }) => ({
      exp_labels: labels,
      exp_annotations: { ...links(name, rules), ...textsOf(texts) },
    }));
    return { alert_rule_test: [{ eval_time: at, alertname: name, exp_alerts }] };
  }
  const exp_samples = labelled.map(({ labels }) => ({
    labels: `ALERTS${braced({ alertname: name, alertstate: 'firing', ...labels })}`,
    value: 1,
  }));
  return { promql_expr_test: [{ expr: `${firing}${comment}`, eval_time: at, exp_samples }] };
}

function common(name: string): Readonly<Record<string, string>> {
  return { namespace: 'ml-service', release: 'audio-processor', severity: alerts[name]?.severity ?? '' };
}

function textsOf({ summary = '', description = '' }: Pick<Fired, 'summary' | 'description'>) {
  return { summary, description };
}

/** Annotations that no series changes: their test is that of the render. */
function links(name: string, rules: RuleFile): object {
  const found = rules.groups.flatMap((group) => group.rules).find(({ alert }) => alert === name);
  const { dashboard, runbook_url } = (found?.annotations ?? {}) as Record<string, string>;
  return { dashboard, runbook_url };
}

function braced(labels: Readonly<Record<string, string>>): string {
  return `{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')}}`;
}

async function promtool(
  command: readonly string[],
  files: Readonly<Record<string, string>>,
  named: readonly string[],
): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'rules-'));
  try {
    await Promise.all(Object.entries(files).map(([file, text]) => writeFile(join(folder, file), text)));
    const path = await program('promtool');
    const { stdout, stderr } = await run(path, [...command, ...named], { cwd: folder, timeoutMs: 120_000 });
    return { ok: true, text: `${stdout}\n${stderr}` };
  } catch (error) {
    if (!(error instanceof CommandError) || error.exitCode === undefined) throw error;
    return { ok: false, text: `${error.stdout}\n${error.stderr}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
