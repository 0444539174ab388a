/** A rule on labels, as Prometheus writes it. */
export interface Relabel {
  readonly source_labels?: readonly string[];
  readonly target_label?: string;
  readonly regex?: string;
  readonly replacement?: string;
  readonly action?: string;
}

/** What Prometheus makes of labels; nothing where a rule drops them. */
export function relabelled(
  labels: Readonly<Record<string, string>>,
  rules: readonly Relabel[] = [],
): Readonly<Record<string, string>> | undefined {
  let found = { ...labels };
  for (const { source_labels = [], target_label = '', regex = '(.*)', replacement = '$1', action } of rules) {
    const text = source_labels.map((name) => found[name] ?? '').join(';');
    const pattern = new RegExp(`^(?:${regex})$`);
    if (action === 'labeldrop') {
      found = Object.fromEntries(Object.entries(found).filter(([name]) => !pattern.test(name)));
    } else if (action === 'keep' || action === 'drop') {
      if (pattern.test(text) !== (action === 'keep')) return undefined;
    } else if (pattern.test(text)) {
      found[target_label] = text.replace(pattern, replacement);
    }
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== ''));
}
