import { checkProse } from '../checks/prose.ts';

/** `npm run prose`: words and phrases that the glossary avoids, with what to write in their place. Ends with 1 when there are any. */
const { ok, output } = await checkProse();
process.stdout.write(ok ? 'no word or phrase that docs/glossary.md avoids\n' : `${output}\n`);
process.exitCode = ok ? 0 : 1;
