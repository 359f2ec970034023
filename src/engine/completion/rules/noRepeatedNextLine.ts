import type { Rule } from './rule.js';
import { isSimilar } from './similarity.js';

/** Ends the text where it begins to write what stands below the cursor already. */
export const noRepeatedNextLine: Rule = (text, { linePrefix, lineSuffix, suffix }) => {
  const below = linesBelow(suffix, lineSuffix);
  const next = below[0];
  if (next === undefined) return text;
  const lines = text.split('\n');
  const first = linePrefix + (lines[0] ?? '');
  for (let i = 0; i < lines.length; i++) {
    const line = i === 0 ? first : (lines[i] ?? '');
    if (!repeats(line, next, lines, i, below)) continue;
    return i === 0 ? '' : lines.slice(0, i).join('\n');
  }
  return text;
};

/** A short line (`}`, `return`, `)`) may well stand twice: it needs a second one to prove the repetition. */
function repeats(
  line: string,
  next: string,
  lines: readonly string[],
  i: number,
  below: readonly string[],
): boolean {
  if (line.trim() === '' || !isSimilar(line.trim(), next.trim())) return false;
  if (line.trim().length >= 8) return true;
  const following = lines[i + 1];
  const second = below[1];
  return following !== undefined && second !== undefined && following.trim() === second.trim();
}

function linesBelow(suffix: string, lineSuffix: string): string[] {
  return suffix
    .slice(lineSuffix.length)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 3);
}
