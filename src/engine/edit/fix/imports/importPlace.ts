/** Where a file's imports are, and where another one goes. */
import { isBlank } from '../../../language/lines.js';

/** New lines before a line of the old text. */
export interface Insertion {
  readonly line: number;
  readonly lines: readonly string[];
}

interface ImportStyle {
  /** The first line of an import. */
  readonly start: RegExp;
  /** What stands above the imports. */
  readonly head: RegExp;
}

interface Statement {
  readonly text: string;
  readonly start: number;
  /** The line after it. */
  readonly end: number;
}

const SCRIPT: ImportStyle = {
  start: /^(?:import\b(?!\()|(?:const|let|var)\b.*\brequire\()/,
  head: /^(?:#!|\/\/|\/?\*|["']use \w+["'])/,
};
const C: ImportStyle = {
  start: /^#\s*include\b/,
  head: /^(?:\/\/|\/?\*|\s\*|#\s*(?:pragma|ifndef|define)\b)/,
};
const STYLES: Readonly<Record<string, ImportStyle>> = {
  python: { start: /^(?:import|from)\s/, head: /^#/ },
  go: { start: /^import\s+"/, head: /^(?:\/\/|\/?\*|\s\*|package\b)/ },
  java: { start: /^import\s/, head: /^(?:\/\/|\/?\*|\s\*|package\b)/ },
  rust: { start: /^(?:pub\s+)?use\s/, head: /^(?:\/\/|\/?\*|\s\*|#!\[|extern crate\b)/ },
  c: C,
  cpp: C,
  javascript: SCRIPT,
  javascriptreact: SCRIPT,
  typescript: SCRIPT,
  typescriptreact: SCRIPT,
};
/** A file's own code begins below. */
const MAX_LINES = 300;

/** @returns `undefined` in a language whose imports aren't known */
export function importPlace(
  lines: readonly string[],
  languageId: string,
  statement: string,
): Insertion | undefined {
  const style = STYLES[languageId];
  if (style === undefined) return undefined;
  if (languageId === 'go') {
    const inBlock = placeInGoBlock(lines, statement);
    if (inBlock !== undefined) return inBlock;
  }
  const text = languageId === 'go' ? `import ${statement}` : statement;
  const found = statementsIn(lines, style);
  const line = placeAmong(found, text);
  if (line !== undefined) return { line, lines: [text] };
  const top = topOf(lines, style, languageId);
  const above = top > 0 && !isBlank(lines[top - 1] ?? '') ? [''] : [];
  return { line: top, lines: [...above, text, ...(isBlank(lines[top] ?? '') ? [] : [''])] };
}

/** After the last one that it follows in the alphabet, among those of its kind. */
function placeAmong(found: readonly Statement[], text: string): number | undefined {
  const kind = /^\S+\s*["'<]?/.exec(text)?.[0] ?? '';
  const alike = found.filter((each) => each.text.startsWith(kind));
  const last = alike.findLast((each) => each.text < text);
  return last?.end ?? alike[0]?.start ?? found.at(-1)?.end;
}

function statementsIn(lines: readonly string[], { start }: ImportStyle): readonly Statement[] {
  const found: Statement[] = [];
  for (let line = 0; line < Math.min(lines.length, MAX_LINES); line++) {
    const text = lines[line] ?? '';
    if (!start.test(text)) continue;
    let end = line + 1;
    let open = openBrackets(text);
    while ((open > 0 || /\\$/.test(lines[end - 1] ?? '')) && end < lines.length)
      open += openBrackets(lines[end++] ?? '');
    found.push({ text, start: line, end });
    line = end - 1;
  }
  return found;
}

const openBrackets = (text: string): number =>
  (text.match(/[({[]/g)?.length ?? 0) - (text.match(/[)}\]]/g)?.length ?? 0);

/** In the first paragraph of `import (…)`, where Go's own packages are. */
function placeInGoBlock(lines: readonly string[], statement: string): Insertion | undefined {
  const start = lines.findIndex((line) => /^import\s*\(\s*$/.test(line));
  if (start < 0) return undefined;
  let line = start + 1;
  while (line < lines.length && /^\s+\S/.test(lines[line] ?? '') && pathOf(lines[line] ?? '') < statement)
    line++;
  return { line, lines: [`\t${statement}`] };
}

const pathOf = (line: string): string => /"[^"]*"/.exec(line)?.[0] ?? '';

/** Below comments, the file's docstring, guards and the package. */
function topOf(lines: readonly string[], { head }: ImportStyle, languageId: string): number {
  let top = 0;
  let hasDocstring = languageId !== 'python';
  for (let line = 0; line < Math.min(lines.length, MAX_LINES); line++) {
    const text = lines[line] ?? '';
    const [, quote] = hasDocstring ? [] : (/^[rRuU]?("""|''')/.exec(text) ?? []);
    if (quote !== undefined) {
      hasDocstring = true;
      const isOneLine = text.indexOf(quote, text.indexOf(quote) + 3) > 0;
      while (!isOneLine && ++line < lines.length && !(lines[line] ?? '').includes(quote));
      top = line + 1;
    } else if (head.test(text)) top = line + 1;
    else if (/^\/\*/.test(text)) {
      while (line < lines.length && !(lines[line] ?? '').includes('*/')) line++;
      top = line + 1;
    } else if (!isBlank(text)) break;
  }
  return top;
}
