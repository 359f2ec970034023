import type { Rule } from './rule.js';

/** Takes whole lines off the end of the text that are the next lines of the document. */
export const cutRepeatedSuffix: Rule = (text, { suffix, lineSuffix }) => {
  if (lineSuffix.trim() !== '') return text;
  const lines = text.split('\n').map((line) => line.trimEnd());
  const below = suffix
    .slice(lineSuffix.length)
    .replace(/^\n/, '')
    .split('\n')
    .map((line) => line.trimEnd());
  for (let length = Math.min(lines.length - 1, below.length); length > 0; length--) {
    const tail = lines.slice(-length);
    if (!tail.every((line, i) => line === below[i]) || tail.every((line) => line === '')) continue;
    // Lines that only close may close what the text itself has opened.
    if (tail.every((line) => /^[\s)\]}>;,]*$/.test(line)) && isBalanced(text)) continue;
    return lines.slice(0, -length).join('\n');
  }
  return text;
};

function isBalanced(text: string): boolean {
  return (text.match(/[([{]/g) ?? []).length === (text.match(/[)\]}]/g) ?? []).length;
}
