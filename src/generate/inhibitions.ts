import type { AlertInhibition } from '../schema/alert-files.ts';
import { alerts } from '../schema/alerts.ts';
import type { GeneratedFile } from './files.ts';
import { generatedFrom } from './header.ts';

/** `docs/inhibitions.md`: the default inhibition rules, from the files of the alerts. */
export function inhibitionsPage(): GeneratedFile {
  const rows = Object.entries(alerts).flatMap(([name, { inhibits = {} }]) =>
    Object.entries(inhibits).map(([rule, inhibition]) => row(rule, name, inhibition)),
  );
  const lines = [
    `<!-- ${generatedFrom('charts/audio-processor/files/alerts')} -->`,
    '',
    '# Inhibition rules',
    '',
    'Alertmanager sends no notification for the consequences while the cause fires in the same release and both have the same',
    'values of the labels in the last column. `alertmanager.inhibitions` adds rules; `null` removes one of these.',
    '',
    '| rule | cause | inhibited consequences | same labels |',
    '|---|---|---|---|',
    ...rows,
  ];
  return { path: 'docs/inhibitions.md', text: `${lines.join('\n')}\n` };
}

function row(
  rule: string,
  name: string,
  { source, alerts: names, alertsExcept, target, equal }: AlertInhibition,
) {
  const inhibited = names ?? [`all alerts except ${alertsExcept?.join(' and ')}`];
  const same = equal.filter((label) => !['namespace', 'release'].includes(label));
  const cells = [
    `\`${rule}\``,
    `${name}${matching(source)}`,
    `${inhibited.join(', ')}${matching(target)}`,
    same.join(', ') || '-',
  ];
  return `| ${cells.join(' | ')} |`;
}

function matching(matchers: readonly string[] = []): string {
  return matchers.length === 0 ? '' : ` with \`${matchers.join(', ')}\``;
}
