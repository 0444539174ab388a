import { createColors } from 'picocolors';

/**
 * Colours for a person at a terminal and for nobody else: logs of CI, files and pipes get plain lines.
 * Progress and problems go to standard error, so that is the stream that counts. NO_COLOR switches them off there too.
 */
export const colors = createColors(process.stderr.isTTY === true && (process.env.NO_COLOR ?? '') === '');
