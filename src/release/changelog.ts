import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../report/problem.ts';
import { repositoryRoot } from '../tools/versions.ts';

const changelog = join(repositoryRoot, 'CHANGELOG.md');

/**
 * The changelog with today in the heading of a version that was not released yet: `## 0.1.0 (unreleased)` becomes
 * `## 0.1.0 (2026-11-24)`. A heading that has its day stays.
 * @throws {ProblemError} when the changelog has no section of the version.
 */
export function dated(text: string, version: string, today: Date): string {
  const heading = new RegExp(
    `^## ${version.replaceAll('.', '\\.')} \\((unreleased|\\d{4}-\\d{2}-\\d{2})\\)$`,
    'm',
  );
  if (!heading.test(text)) {
    throw new ProblemError([
      {
        message: 'the changelog has no section of this version',
        file: 'CHANGELOG.md',
        allowed: `a section \`## ${version} (unreleased)\` with what changed`,
      },
    ]);
  }
  const day = today.toISOString().slice(0, 10);
  return text.replace(heading, (line) => line.replace('(unreleased)', `(${day})`));
}

/** Writes the day of release into this clone's changelog. */
export async function dateChangelog(version: string, today = new Date()): Promise<void> {
  const text = await readFile(changelog, 'utf8');
  await writeFile(changelog, dated(text, version, today));
}
