import type { Rule } from './rule.js';

/** Keeps one of a line that stands three times in a row, and drops what follows. */
export const noLoop: Rule = (text) => {
  const lines = text.split('\n');
  for (let i = 0; i + 2 < lines.length; i++) {
    const line = lines[i]?.trim() ?? '';
    if (line !== '' && line === lines[i + 1]?.trim() && line === lines[i + 2]?.trim()) {
      return lines.slice(0, i + 1).join('\n');
    }
  }
  return hasShortCycle(lines.at(-1) ?? '') ? '' : text;
};

/** A line that ends in ten or more rounds of the same few characters; rules and separators are left alone. */
function hasShortCycle(line: string): boolean {
  const found = /(.{2,12}?)\1{9,}$/.exec(line);
  return found !== null && /\w/.test(found[1] ?? '') && new Set(found[1]).size > 1;
}
