import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toYaml } from '../values/write-yaml.ts';
import type { GeneratedFile } from './files.ts';
import { generatedFrom } from './header.ts';

const sources = 'src/generate/messages';

/** The parts of a notification, of the text of one alert. */
const parts: Readonly<Record<string, (alert: string) => string>> = {
  text: (alert) => `{{ range .Alerts }}${alert}\n\n{{ end }}`,
  html: (alert) => `{{ range .Alerts }}<pre>${alert}</pre>{{ end }}`,
};

/**
 * The texts of notifications, twice: as definitions for the bundled Alertmanager, and as fields of an AlertmanagerConfig,
 * which contain the whole text because the operator's Alertmanager has none of the definitions.
 * @param root the repository
 * @param chart folder of the chart, relative to the repository
 */
export async function messageFiles(root: string, chart: string): Promise<readonly GeneratedFile[]> {
  const read = async (name: string) =>
    (await readFile(join(root, sources, `${name}.tmpl`), 'utf8')).trimEnd();
  const [title, alert] = await Promise.all([read('title'), read('alert')]);
  const made = (text: string) => Object.entries(parts).map(([name, part]) => [name, part(text)] as const);
  const definitions = [['title', title], ['alert', alert], ...made('{{ template "message.alert" . }}')].map(
    ([name, text]) => `{{ define "message.${name}" -}}\n${text}\n{{- end }}\n`,
  );
  const fields = Object.fromEntries([['title', title], ...made(alert)]);
  const header = generatedFrom(sources);
  return [
    {
      path: `${chart}/charts/alertmanager/files/messages.tmpl`,
      text: `{{- /* ${header} Alertmanager fills it, Helm does not. */ -}}\n\n${definitions.join('\n')}`,
    },
    { path: `${chart}/files/messages.yaml`, text: `# ${header}\n${toYaml(fields)}` },
  ];
}
