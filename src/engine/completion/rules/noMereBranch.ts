import { lineRole, opensBlock } from '../lineRole.js';
import { isProse } from '../prose.js';
import type { Rule } from './rule.js';

/** Takes off a branch that is begun at the end, and empty: `} else {` alone would only have to be removed again. */
export const noMereBranch: Rule = (text, { languageId }) => {
  const written = text.trimEnd();
  const end = written.lastIndexOf('\n');
  const last = written.slice(end + 1);
  const before = written.slice(written.lastIndexOf('\n', end - 1) + 1, Math.max(0, end));
  const isMere =
    lineRole(last, languageId) === 'continuation' &&
    // Labels stand in rows.
    lineRole(before, languageId) !== 'continuation' &&
    opensBlock(last, languageId) &&
    // No `):` or `}) => {`, which close what the text has opened.
    /^[}\s]*\w/.test(last);
  return end >= 0 && isMere && !isProse(languageId) ? written.slice(0, end) : text;
};
