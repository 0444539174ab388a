/** What stopped Helm. */
export type HelmErrorKind =
  | 'schema'
  | 'template'
  | 'manifest'
  | 'kubernetes-version'
  | 'values-file'
  | 'other';

/** Facts of Helm's message. */
export interface HelmFacts {
  readonly kind: HelmErrorKind;
  /** Template as Helm names it: `audio-processor/templates/api/deployment.yaml`. */
  readonly template?: string;
  /** 1-based line in the template; for kind `manifest` the line in the rendered document. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** The part a person needs, without Helm's stack of calls. */
  readonly detail: string;
}

/** Helm refused: its message, the place, and the values files that it had. */
export class HelmError extends Error {
  override readonly name = 'HelmError';
  readonly kind: HelmErrorKind;
  readonly template: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly detail: string;
  readonly valuesFiles: readonly string[];
  /** Everything Helm printed on standard error. */
  readonly output: string;

  constructor(output: string, valuesFiles: readonly string[], facts: HelmFacts = readHelmOutput(output)) {
    const place = [facts.template, facts.line].filter((part) => part !== undefined).join(':');
    const given = valuesFiles.length === 0 ? '' : `\n  values: ${valuesFiles.join(', ')}`;
    super(`${place === '' ? '' : `${place}: `}${facts.detail}${given}`);
    this.kind = facts.kind;
    this.template = facts.template;
    this.line = facts.line;
    this.column = facts.column;
    this.detail = facts.detail;
    this.valuesFiles = valuesFiles;
    this.output = output;
  }
}

/** Reads facts from Helm's message, in the forms of 3.18.5 to 4.3. Never throws: an unknown message has the kind `other`. */
export function readHelmOutput(output: string): HelmFacts {
  const text = humanPart(output);
  return schemaFacts(text) ?? templateFacts(text) ?? otherFacts(text);
}

/** Reads what `helm lint` printed: every complaint in `detail`, the place of the first. */
export function readLintOutput(output: string): HelmFacts {
  const lines = output.split('\n').filter((line) => !/^(==> |\[INFO\]|Error: |\d+ chart)/.test(line));
  const detail = lines
    .join('\n')
    .replaceAll(/\n{2,}/g, '\n')
    .trim();
  return { ...readHelmOutput(detail), detail };
}

function humanPart(output: string): string {
  const lines = output
    .split('\n')
    .filter((line) => !line.startsWith('level=') && !/^(walk|coalesce)\.go:/.test(line));
  const text = lines.join('\n').replace(/\n*Use --debug flag to render out invalid YAML\s*$/, '');
  const error = text.search(/^Error: /m);
  return (error === -1 ? text : text.slice(error + 'Error: '.length)).trim();
}

function schemaFacts(text: string): HelmFacts | undefined {
  const head = /values don't meet the specifications of the schema\(s\) in the following chart\(s\):\n/;
  const found = head.exec(text);
  if (found === null) return undefined;
  return { kind: 'schema', detail: text.slice(found.index + found[0].length).trim() };
}

function templateFacts(text: string): HelmFacts | undefined {
  const failed = /execution error at \((.+?):(\d+):(\d+)\): ([\s\S]*)$/.exec(text);
  if (failed !== null) return place('template', failed[1], failed[2], failed[3], failed[4]);
  const unparsed = /parse error at \((.+?):(\d+)\): ([\s\S]*)$/.exec(text);
  if (unparsed !== null) return place('template', unparsed[1], unparsed[2], undefined, unparsed[3]);
  const yaml =
    /(?:YAML parse error on (\S+):|(\S+): unable to parse YAML:) (?:error converting YAML to JSON: )?(?:yaml: )?(?:line (\d+): )?([\s\S]*)$/.exec(
      text,
    );
  if (yaml !== null) {
    return place('manifest', yaml[1] ?? yaml[2], yaml[3], undefined, `not YAML once rendered: ${yaml[4]}`);
  }
  // A chain of includes: the last place named is where the value was used.
  const chain = [...text.matchAll(/([^\s:"]+\.(?:ya?ml|tpl|txt|json)):(\d+):(\d+)(?=[\s:])/g)];
  const last = chain.at(-1);
  if (last === undefined) return undefined;
  const used = /at <(.*?)>/.exec(text.slice(last.index));
  const reason = text.slice(text.lastIndexOf('>:') + 2).trim();
  return place('template', last[1], last[2], last[3], used === null ? reason : `${reason} (in ${used[1]})`);
}

function place(
  kind: HelmErrorKind,
  template: string | undefined,
  line: string | undefined,
  column: string | undefined,
  detail: string | undefined,
): HelmFacts {
  return {
    kind,
    ...(template === undefined ? {} : { template }),
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(column === undefined ? {} : { column: Number(column) }),
    detail: (detail ?? '').trim(),
  };
}

function otherFacts(text: string): HelmFacts {
  const version =
    /chart requires kubeVersion: (\S+?)(?:-0)? which is incompatible with Kubernetes (\S+)/.exec(text);
  if (version !== null) {
    const detail = `the chart needs Kubernetes ${version[1]}; this is ${version[2]}`;
    return { kind: 'kubernetes-version', detail };
  }
  const unreadable = /^open (.+): no such file or directory$/m.exec(text);
  if (unreadable !== null) {
    return { kind: 'values-file', detail: `${unreadable[1]}: no such file` };
  }
  const kind = /^failed to parse /.test(text) ? 'values-file' : 'other';
  return { kind, detail: text };
}
