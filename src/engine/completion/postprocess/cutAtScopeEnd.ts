import { BlockScope } from '../../language/blockScope.js';
import type { Rule } from './rule.js';

/**
 * Cuts where the text leaves the block that the cursor is in: before a new function below a method's body, behind the
 * bracket that closes what is open. `} else {`, `except` and `case` go on with the block.
 */
export const cutAtScopeEnd: Rule = (text, context) => {
  const scope = new BlockScope(context);
  const lines = text.split('\n');
  for (const [i, line] of lines.entries()) {
    const verdict = scope.take(i === 0 ? context.linePrefix + line : line);
    if (verdict === 'outside') return lines.slice(0, i).join('\n');
    if (verdict === 'last') return lines.slice(0, i + 1).join('\n');
  }
  return text;
};
