import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toYaml } from '../values/write-yaml.ts';
import type { GeneratedFile } from './files.ts';
import { generatedFrom } from './header.ts';

/** What a notification is made of. */
const parts = ['title', 'text', 'html'] as const;

/**
 * The bundled Alertmanager's texts, as fields of an AlertmanagerConfig hold them: an Alertmanager that is not ours has
 * none of the definitions.
 * @param chart folder of the chart, relative to the repository
 */
export async function messagesFile(root: string, chart: string): Promise<GeneratedFile> {
  const source = `${chart}/charts/alertmanager/files/messages.tmpl`;
  const definitions = await readFile(join(root, source), 'utf8');
  const texts = Object.fromEntries(parts.map((part) => [part, inlined(definitions, `message.${part}`)]));
  return { path: `${chart}/files/messages.yaml`, text: `# ${generatedFrom(source)}\n${toYaml(texts)}` };
}

/**
 * The body of one definition, with the bodies of those that it calls in place of the calls.
 * @param definitions text of Go templates; all calls are of the form `{{ template "name" . }}`
 * @throws {Error} when a definition is missing, does not end with `{{- end }}`, or calls another in another form
 */
export function inlined(definitions: string, name: string): string {
  const [, after] = definitions.split(`{{ define "${name}" -}}`);
  const [body = ''] = (after ?? '').split(/\{\{ define "/);
  const end = /\n\{\{- end \}\}\s*$/;
  if (!end.test(body)) throw new Error(`${name} is no definition that ends with {{- end }}`);
  const text = body
    .replace(end, '')
    .trim()
    .replaceAll(/\{\{ template "([^"]+)" \. \}\}/g, (_call, called: string) => inlined(definitions, called));
  if (/\{\{-?\s*(template|define|block)\b/.test(text))
    throw new Error(`${name} calls in another form: ${text}`);
  return text;
}
