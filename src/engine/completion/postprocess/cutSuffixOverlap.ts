import { BracketScanner } from '../../language/brackets.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import { isEnoughOverlap } from './isEnoughOverlap.js';
import type { Rule } from './rule.js';

/** Takes off the text what stands after the cursor on its line already: `a = ▮;` and `b;` give `b`. */
export const cutSuffixOverlap: Rule = (text, context) => {
  const rest = context.lineSuffix.trim();
  if (rest === '') return text;
  const [first = ''] = text.split('\n');
  const goesOn = atWholeRest(first, rest, context);
  if (goesOn !== undefined) return first.slice(0, goesOn);
  const written = first.trimEnd();
  for (let length = Math.min(rest.length, written.length); length > 0; length--) {
    const overlap = rest.slice(0, length);
    if (!written.endsWith(overlap) || !isEnoughOverlap(overlap, length === rest.length)) continue;
    // Closing brackets are counted, by another rule; a closing sign belongs to the text when the text opened it.
    if (/^[)\]}]/.test(overlap) || (/^[>'"`]/.test(overlap) && !isExcess(written, overlap))) continue;
    return written.slice(0, written.length - length);
  }
  return text;
};

/** Where the whole rest of the line stands in the text, which then goes on into something else. */
function atWholeRest(text: string, rest: string, context: CompletionContext): number | undefined {
  if (rest !== ';' && (rest.length < 2 || !isEnoughOverlap(rest, true))) return undefined;
  for (let at = text.indexOf(rest); at >= 0; at = text.indexOf(rest, at + 1)) {
    const scanner = new BracketScanner(context.languageId).push(context.linePrefix);
    scanner.mark();
    if (scanner.push(text.slice(0, at)).isLevel) return at;
  }
  return undefined;
}

/** Whether the text closes more than it opens, so that the closing part at its end is the suffix's. */
function isExcess(text: string, overlap: string): boolean {
  const close = overlap[0] ?? '';
  return close === '>' ? count(text, close) > count(text, '<') : count(text, close) % 2 === 1;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
