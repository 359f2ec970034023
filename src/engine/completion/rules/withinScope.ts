import { BlockScope } from '../blockScope.js';
import { lineRole, opensBlock } from '../lineRole.js';
import { isProse } from '../prose.js';
import type { Rule } from './rule.js';

/**
 * Cuts where the text leaves the block that the cursor is in: before a new function below a method's body, behind the
 * bracket that closes what is open. `} else {`, `except` and `case` go on with the block, once something follows them.
 */
export const withinScope: Rule = (text, context) => {
  const scope = new BlockScope(context);
  const lines = text.split('\n');
  for (const [i, line] of lines.entries()) {
    const verdict = scope.take(i === 0 ? context.linePrefix + line : line);
    if (verdict === 'outside') return lines.slice(0, i).join('\n');
    if (verdict === 'last') return lines.slice(0, i + 1).join('\n');
  }
  return withoutMereBranch(text, context.languageId);
};

/** Without a branch that is begun at the end, and empty: shown alone, `} else {` would only have to be removed. */
function withoutMereBranch(text: string, languageId: string): string {
  const written = text.trimEnd();
  const end = written.lastIndexOf('\n');
  const last = written.slice(end + 1);
  const isMere =
    lineRole(last, languageId) === 'continuation' &&
    opensBlock(last, languageId) &&
    // No `):` or `}) => {`, which close what the text has opened.
    /^[}\s]*\w/.test(last);
  return end >= 0 && isMere && !isProse(languageId) ? written.slice(0, end) : text;
}
