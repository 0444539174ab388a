import { ProblemError } from '../report/problem.ts';

/** An image as the chart's `image` values take it. */
export interface ImageReference {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  /** `sha256:…`, or empty. */
  readonly digest: string;
}

/**
 * Splits `registry/repository:tag@sha256:…`. Without a registry it is Docker Hub's, as every container runtime reads it.
 * @throws {ProblemError} when there is neither tag nor digest: `latest` moves under a running release.
 */
export function parseImageReference(text: string): ImageReference {
  const parts =
    /^(?<name>[a-z0-9][a-zA-Z0-9._:/-]*?)(?::(?<tag>[\w][\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/.exec(
      text,
    )?.groups;
  const { name = '', tag = '', digest = '' } = parts ?? {};
  if (name === '' || (tag === '' && digest === '')) {
    throw new ProblemError([
      {
        message: 'the image reference is not complete',
        found: text,
        allowed: 'registry/repository:tag, registry/repository@sha256:…, or both',
        remedy: 'name a tag that never moves, or a digest',
      },
    ]);
  }
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const hasRegistry = /[.:]/.test(first) || first === 'localhost';
  return {
    registry: hasRegistry ? first : 'docker.io',
    repository: hasRegistry ? name.slice(slash + 1) : slash === -1 ? `library/${name}` : name,
    tag,
    digest,
  };
}
