import { loopEnd } from './repetition.js';
import type { Rule } from './rule.js';

/** Keeps one of a line that stands three times in a row, or of a few lines that do, and drops what follows. */
export const cutLoop: Rule = (text) => {
  const lines = text.split('\n');
  for (let count = 3; count <= lines.length; count++) {
    const kept = loopEnd(lines.slice(0, count));
    if (kept !== undefined) return lines.slice(0, kept).join('\n');
  }
  return text;
};
