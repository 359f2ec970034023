/** Cells of Jupyter notebooks: code with lines for the notebook itself, which begin with `%`, `!` or `?`. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { BracketScanner } from './brackets.js';
import { languageOf, languageOfFile } from './languageOf.js';

/** `%%bash` and others: the rest of the cell is in another language. Other cell magics leave it in its own. */
const CELL_LANGUAGES: Readonly<Record<string, string>> = {
  bash: 'shellscript',
  bigquery: 'sql',
  cmd: 'bat',
  cython: 'cython',
  html: 'html',
  javascript: 'javascript',
  js: 'javascript',
  latex: 'latex',
  markdown: 'markdown',
  perl: 'perl',
  powershell: 'powershell',
  pwsh: 'powershell',
  R: 'r',
  ruby: 'ruby',
  script: 'shellscript',
  sh: 'shellscript',
  sql: 'sql',
  svg: 'svg',
  system: 'shellscript',
  sx: 'shellscript',
};
const CELL_MAGIC = /^\s*%%(\w+)[ \t]*([^\r\n]*)/;
const LINE_MAGIC = /^([ \t]*)(?:[%!][^\s=]|[?]|\w[\w.]*\?{1,2}[ \t]*$)/;
/** `files = !ls`, `result = %timeit -o f()` */
const ASSIGNED_MAGIC = /^([\w, \t]+=[ \t]*)[!%](?=\w)/;

export function isNotebookCell(uri: string): boolean {
  return uri.startsWith('vscode-notebook-cell:') || /\.ipynb\b/i.test(uri);
}

/** VS Code's id of the language that a document is in, which a notebook's cell may name on its first line. */
export function cellLanguageOf(uri: string, languageId: string, text: string): string {
  if (!isNotebookCell(uri)) return languageId;
  const [, magic = '', rest = ''] = CELL_MAGIC.exec(text) ?? [];
  if (magic === 'writefile' || magic === 'file') return languageOfFile(rest.trim().split(/\s/).at(-1) ?? '');
  if (magic === 'script') return languageOfFile('', `#!${rest}`);
  return Object.hasOwn(CELL_LANGUAGES, magic) ? (CELL_LANGUAGES[magic] ?? languageId) : languageId;
}

/** How many lines at a cell's beginning are magics, or blank. */
export function leadingMagics(uri: string, lines: readonly string[]): number {
  if (!isNotebookCell(uri)) return 0;
  const first = lines.findIndex((line) => line.trim() !== '' && !isMagic(line));
  return first < 0 ? lines.length : first;
}

/** What a cell's earlier cells say in its language, without magics; `undefined` when that is nothing. */
export function earlierText(
  document: Pick<TextDocument, 'uri' | 'languageId' | 'getText'>,
  cells: readonly string[],
): string | undefined {
  const { uri, languageId } = document;
  const own = cellLanguageOf(uri, languageId, document.getText());
  const texts = cells
    .filter((text) => cellLanguageOf(uri, languageId, text) === own)
    .map((text) =>
      text
        .split(/\r\n|\n/)
        .filter((line) => !isMagic(line))
        .join('\n')
        .trim(),
    )
    .filter((text) => text !== '');
  return texts.length === 0 ? undefined : texts.join('\n\n');
}

function isMagic(line: string): boolean {
  return LINE_MAGIC.test(line) || CELL_MAGIC.test(line);
}

/** The lines of a cell that are for the notebook, from the top, without the blanks around them. */
export function magicsIn(uri: string, languageId: string, text: string): string[] {
  if (!isNotebookCell(uri)) return [];
  const code = withoutMagics(uri, languageId, text).split('\n');
  return text
    .split('\n')
    .filter((line, i) => line !== code[i])
    .map((line) => line.trim());
}

/** A cell's text for a parser: as long as it is, with nothing in it that only the notebook understands. */
export function withoutMagics(uri: string, languageId: string, text: string): string {
  if (!isNotebookCell(uri)) return text;
  const comment = languageOf(languageId).lineComment || '#';
  const [first = '', ...rest] = text.split('\n');
  const head = CELL_MAGIC.test(first) ? comment + first.slice(comment.length) : first;
  if (languageId !== 'python') return [head, ...rest].join('\n');
  const scanner = new BracketScanner(languageId);
  return [head, ...rest]
    .map((line) => {
      // Inside brackets a line may begin with an operator.
      const isStatement = scanner.opened.length === 0;
      const code = isStatement ? withoutMagic(line) : line;
      scanner.push(`${code}\n`);
      return code;
    })
    .join('\n');
}

/** A statement of the same length that says nothing. */
function withoutMagic(line: string): string {
  const begin = LINE_MAGIC.exec(line)?.[1] ?? ASSIGNED_MAGIC.exec(line)?.[1];
  if (begin === undefined) return line;
  const rest = line.slice(begin.length);
  return begin + `0 #${rest.slice(3)}`.slice(0, rest.length);
}
