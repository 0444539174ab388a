import { createHash } from 'node:crypto';

/**
 * Two pool names whose objects would get one name in a release of 53 characters: the same first 54 characters, the same hash
 * of eight digits.
 */
export function poolsWithOneName(release: string): readonly [string, string] {
  const found = new Map<string, string>();
  for (let number = 0; ; number += 1) {
    const pool = `a${number.toString(36)}`;
    const full = `${release}-audio-${pool}-worker`;
    const hash = createHash('sha256').update(full).digest('hex').slice(0, 8);
    const other = found.get(hash);
    if (other !== undefined) return [other, pool];
    found.set(hash, pool);
  }
}
