import { InvalidArgumentError } from 'commander';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const words = 'small letters, digits and dashes, beginning and ending with a letter or digit';

/** Parser of an option: a namespace as Kubernetes takes it. Helm renders for any other just as well. */
export function namespaceName(text: string): string {
  if (new RegExp(`^${label}$`).test(text) && text.length <= 63) return text;
  throw new InvalidArgumentError(`Not a namespace: at most 63 ${words}.`);
}

/** Parser of an option: a release name as Helm takes it. */
export function releaseName(text: string): string {
  if (new RegExp(`^${label}(\\.${label})*$`).test(text) && text.length <= 53) return text;
  throw new InvalidArgumentError(`Not a release name: at most 53 ${words}.`);
}
