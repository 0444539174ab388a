import { describe, expect, it } from 'vitest';
import { parseImageReference } from '../../../src/deploy/image-reference.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('an image reference is read as every container runtime reads it', () => {
  it.each([
    ['registry.example.com/audio-processor:v1', 'registry.example.com', 'audio-processor', 'v1', ''],
    ['localhost:5000/team/app:v1', 'localhost:5000', 'team/app', 'v1', ''],
    ['localhost/app:v1', 'localhost', 'app', 'v1', ''],
    ['team/app:v1', 'docker.io', 'team/app', 'v1', ''],
    ['app:v1', 'docker.io', 'library/app', 'v1', ''],
    [`ghcr.io/team/app@${digest}`, 'ghcr.io', 'team/app', '', digest],
    [`ghcr.io/team/app:v1@${digest}`, 'ghcr.io', 'team/app', 'v1', digest],
  ])('%s', (text, registry, repository, tag, expectedDigest) => {
    expect(parseImageReference(text)).toEqual({ registry, repository, tag, digest: expectedDigest });
  });

  it.each(['', 'app', 'registry.example.com/app', 'app:', 'App Name:v1', 'app@sha256:12'])(
    'refuses %j, which names no fixed image',
    (text) => {
      expect(() => parseImageReference(text)).toThrow(/image reference is not complete/);
    },
  );
});
