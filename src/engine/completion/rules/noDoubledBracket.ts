import type { Rule } from './rule.js';

const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * Cuts the text before a closing bracket that closes what the document after the cursor closes already: an editor
 * has put it there with the opening one. `print(▮)` and `x)` give `x`.
 */
export const noDoubledBracket: Rule = (text, { lineSuffix, suffix, linePrefix }) => {
  const closersAhead = leadingClosers(lineSuffix);
  if (closersAhead !== '') return cutAtExcess(text, closersAhead);
  // On a line of its own: the closing line of the block stands right below, at this line's indentation.
  const nextLine =
    suffix
      .slice(lineSuffix.length)
      .split('\n')
      .find((line) => line.trim() !== '') ?? '';
  const closer = /^(\s*)([)\]}]+[;,]?)\s*$/.exec(nextLine);
  if (closer === null) return text;
  const lines = text.split('\n');
  const last = lines.at(-1) ?? '';
  const isSameLine = (lines.length === 1 ? linePrefix + last : last).trimEnd() === nextLine.trimEnd();
  if (!isSameLine || lines.length === 1) return text;
  return closesMoreThanItOpens(text) ? lines.slice(0, -1).join('\n') : text;
};

function leadingClosers(lineSuffix: string): string {
  return /^[\s)\]}'"`;,]*/.exec(lineSuffix)?.[0].replaceAll(/[^)\]}]/g, '') ?? '';
}

/** Everything before the first bracket that nothing in the text has opened, if that bracket stands ahead. */
function cutAtExcess(text: string, closersAhead: string): string {
  const open: string[] = [];
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (quote !== '') {
      if (character === '\\') i++;
      else if (character === quote || character === '\n') quote = '';
    } else if (character === '"' || character === '`') quote = character;
    else if ('([{'.includes(character)) open.push(character);
    else if (OPENING[character] !== undefined) {
      if (open.at(-1) === OPENING[character]) open.pop();
      else if (closersAhead.includes(character)) return text.slice(0, i);
    }
  }
  return text;
}

function closesMoreThanItOpens(text: string): boolean {
  return (text.match(/[)\]}]/g) ?? []).length > (text.match(/[([{]/g) ?? []).length;
}
