import { BracketScanner } from '../../language/brackets.js';
import { linesBelow } from '../../language/textAround.js';
import type { Rule } from './rule.js';

/** Takes off a last line that only closes, when the same line stands right below with the same indentation. */
export const cutDoubledClosingLine: Rule = (text, context) => {
  const lines = text.split('\n');
  const last = lines.length === 1 ? context.linePrefix + text : (lines.at(-1) ?? '');
  const [next] = linesBelow(context, 1);
  if (next === undefined || !/^\s*[)\]}]+[;,]?\s*$/.test(next) || bare(last) !== bare(next)) return text;
  const scanner = new BracketScanner(context.languageId).push(context.linePrefix);
  scanner.mark();
  scanner.push(text);
  // It closes what the text itself has opened: the one below is another one's.
  if (scanner.excess.length === 0) return text;
  return lines.slice(0, -1).join('\n');
};

function bare(line: string): string {
  return line.trimEnd().replace(/[;,]$/, '');
}
