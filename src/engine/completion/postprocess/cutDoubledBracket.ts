import { BracketScanner } from '../../language/brackets.js';
import { closersAhead } from '../../language/closersAhead.js';
import type { Rule } from './rule.js';

/**
 * Cuts the text before a closing bracket or quote that closes what is closed after the cursor already: an editor has
 * put it there with the opening one. `print(▮)` and `x)` give `x`.
 */
export const cutDoubledBracket: Rule = (text, context) => {
  const closers = closersAhead(context);
  if (!closers.hasClosers) return text;
  const scanner = new BracketScanner(context.languageId).push(context.linePrefix);
  scanner.mark();
  scanner.push(text);
  const doubled = scanner.excess.find(({ character }) => !closers.take(character));
  return doubled === undefined ? text : text.slice(0, doubled.at);
};
