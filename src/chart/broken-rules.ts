/** A rule between values that the chart's templates report as broken. */
export interface BrokenRule {
  /** Path of the value, dots between keys, which may themselves contain dots: `routing.trustedProxies.10.0.0.0/8`. */
  readonly path: string;
  /** What is wrong and why, without a full stop. */
  readonly message: string;
  /** What to do, without a full stop. Empty when the line has no second sentence. */
  readonly remedy: string;
}

/**
 * The broken rules in what Helm reports of templates/validations.yaml: one line `- path: why. What to do.` for each. Empty
 * when Helm failed for another reason.
 * @param detail message of the failed template, without Helm's stack of calls
 */
export function readBrokenRules(detail: string): readonly BrokenRule[] {
  if (!/^\d+ problem\(s\) in the values:/.test(detail)) return [];
  return [...detail.matchAll(/^- (\S+): (.*)$/gm)].map(([, path = '', text = '']) => {
    const [, message = text, remedy = ''] = /^(.*?)\. ([A-Z].*)$/.exec(text) ?? [];
    return { path, message: withoutStop(message), remedy: withoutStop(remedy) };
  });
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
