import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { messageFiles } from '../../../src/generate/messages.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';

const [definitions, fields] = await messageFiles(repositoryRoot, 'chart');

describe('the texts of notifications', () => {
  it('are defined for the bundled Alertmanager, each once', () => {
    const names = [...(definitions?.text ?? '').matchAll(/\{\{ define "([^"]+)"/g)].map(([, name]) => name);
    expect(names).toEqual(['message.title', 'message.alert', 'message.text', 'message.html']);
    const called = [...(definitions?.text ?? '').matchAll(/\{\{ template "([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect([...new Set(called)]).toEqual(['message.alert']);
  });

  it('call no definition in the fields of an AlertmanagerConfig', () => {
    const texts = parse(fields?.text ?? '') as Readonly<Record<string, string>>;
    expect(Object.keys(texts)).toEqual(['title', 'text', 'html']);
    for (const text of Object.values(texts)) expect(text).not.toMatch(/\{\{-?\s*(template|define|block)\b/);
  });

  it('contain the same alert in text and HTML', () => {
    const { text = '', html = '' } = parse(fields?.text ?? '') as Readonly<Record<string, string>>;
    const [, alert = ''] = /<pre>([\s\S]*)<\/pre>/.exec(html) ?? [];
    expect(alert).toContain('.Annotations.summary');
    expect(text).toContain(alert);
  });
});
