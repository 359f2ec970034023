/** Breaks lines that are too long between words. Tables and code inside fences stay as they are. */
export function wrapText(lines: readonly string[], width: number): string[] {
  let isCode = false;
  return lines.flatMap((line) => {
    if (/^\s*`{3,}/.test(line)) isCode = !isCode;
    if (isCode || line.length <= width || line.trimStart().startsWith('|')) return [line];
    return wrapLine(line, width);
  });
}

function wrapLine(line: string, width: number): string[] {
  const indent = /^\s*(?:[-*] )?/.exec(line)?.[0] ?? '';
  const hanging = ' '.repeat(indent.length);
  const result: string[] = [];
  let words: string[] = [];
  for (const word of line.slice(indent.length).split(' ')) {
    const length = indent.length + [...words, word].join(' ').length;
    if (words.length > 0 && length > width) {
      result.push((result.length === 0 ? indent : hanging) + words.join(' '));
      words = [];
    }
    words.push(word);
  }
  return [...result, (result.length === 0 ? indent : hanging) + words.join(' ')];
}
