import type { Rule } from './rule.js';

/** Takes off the end of the text what stands after the cursor already: `a = ▮;` and `b;` give `b`. */
export const noSuffixOverlap: Rule = (text, { lineSuffix, suffix }) => {
  const rest = lineSuffix.trimStart();
  if (rest !== '') return withoutLineOverlap(text, rest);
  return withoutBlockOverlap(text, suffix.slice(lineSuffix.length));
};

/** The rest of the line, or its beginning, at the end of the text. Letters need more proof than punctuation. */
function withoutLineOverlap(text: string, rest: string): string {
  const [first = ''] = text.split('\n');
  const firstTrimmed = first.trimEnd();
  for (let length = Math.min(rest.length, firstTrimmed.length); length > 0; length--) {
    const overlap = rest.slice(0, length);
    if (!firstTrimmed.endsWith(overlap)) continue;
    // One letter that happens to agree is no overlap: `x = ▮n` and `return`.
    const isWhole = length === rest.trimEnd().length;
    const enough = /^[\x00-\x7f]/.test(overlap) ? 3 : 2;
    if (/^[\p{L}\p{N}_]/u.test(overlap) && !(isWhole && length >= enough)) continue;
    // A closing bracket belongs to the text when the text opened it.
    if (/^[)\]}>'"`]/.test(overlap) && !isExcess(firstTrimmed, overlap)) continue;
    return firstTrimmed.slice(0, firstTrimmed.length - length);
  }
  return text;
}

/** Whether the text closes more than it opens, so that the closing part at its end is the suffix's. */
function isExcess(text: string, overlap: string): boolean {
  const close = overlap[0] ?? '';
  const open = { ')': '(', ']': '[', '}': '{', '>': '<' }[close];
  if (open === undefined) return count(text, close) % 2 === 1;
  return count(text, close) > count(text, open);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Whole lines at the end of the text that are the next lines of the document. */
function withoutBlockOverlap(text: string, below: string): string {
  const lines = text.split('\n');
  const next = below.replace(/^\n/, '').split('\n');
  for (let length = Math.min(lines.length - 1, next.length); length > 0; length--) {
    const tail = lines.slice(-length).map((line) => line.trimEnd());
    const head = next.slice(0, length).map((line) => line.trimEnd());
    // Lines that only close brackets may close the text's own.
    const isOwn = tail.every((line) => /^[\s)\]}>;,]*$/.test(line)) && isBalanced(text);
    if (!isOwn && tail.every((line, i) => line === head[i]) && tail.some((line) => line !== '')) {
      return lines.slice(0, -length).join('\n');
    }
  }
  return text;
}

function isBalanced(text: string): boolean {
  return (text.match(/[([{]/g) ?? []).length === (text.match(/[)\]}]/g) ?? []).length;
}
