import { lineRole, namesBranch, opensBlock } from '../../language/lineRole.js';
import { languageOf } from '../../language/languageOf.js';
import type { Rule } from './rule.js';

/** Takes off a branch that is begun at the end, and empty: `} else {` alone would only have to be removed again. */
export const dropEmptyBranch: Rule = (text, { languageId }) => {
  const lines = text.trimEnd().split('\n');
  const [last = '', before = ''] = lines.toReversed();
  const goesOn = (line: string): boolean => lineRole(line, languageId) === 'continuation';
  // Labels stand in rows.
  const isMere = goesOn(last) && !goesOn(before) && namesBranch(last) && opensBlock(last, languageId);
  return isMere && lines.length > 1 && !languageOf(languageId).isProse ? lines.slice(0, -1).join('\n') : text;
};
