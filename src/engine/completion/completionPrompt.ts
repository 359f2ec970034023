import type { Model, Token } from '../model/model.js';
import type { CompletionContext } from './completionContext.js';

export interface CompletionPrompt {
  readonly kind: 'infill' | 'continuation';
  readonly tokens: readonly Token[];
}

/**
 * What the model is shown. With infill tokens: the text up to the current line, the text after the cursor, and
 * after the middle token the line so far: so a key changes only the prompt's end, and the KV cache keeps the rest.
 * Without: the text after the cursor as a remark before the text before it, which is then simply gone on with.
 * @param line the current line as far as it is prompt (its last piece may be left to token healing)
 */
export function completionPrompt(model: Model, context: CompletionContext, line: string): CompletionPrompt {
  const above = context.prefix.slice(0, context.prefix.length - context.linePrefix.length);
  const bos = model.bos === undefined ? [] : [model.bos];
  const { infill } = model;
  if (infill === undefined) {
    const after = context.suffix.trim() === '' ? '' : remark(context);
    return { kind: 'continuation', tokens: [...bos, ...model.tokenize(after + above + line, false)] };
  }
  return {
    kind: 'infill',
    tokens: [
      ...bos,
      infill.prefix,
      ...model.tokenize(above, false),
      infill.suffix,
      ...model.tokenize(context.suffix, false),
      infill.middle,
      ...model.tokenize(line, false),
    ],
  };
}

/** Line comments of languages in which `//` is none. */
const LINE_COMMENT: Readonly<Record<string, string>> = {
  python: '#',
  ruby: '#',
  shellscript: '#',
  yaml: '#',
  toml: '#',
  dockerfile: '#',
  makefile: '#',
  perl: '#',
  r: '#',
  julia: '#',
  elixir: '#',
  powershell: '#',
  coffeescript: '#',
  sql: '--',
  lua: '--',
  haskell: '--',
  latex: '%',
  erlang: '%',
  clojure: ';',
  lisp: ';',
  ini: ';',
  vb: "'",
  bat: 'REM',
  html: '',
  xml: '',
  markdown: '',
  plaintext: '',
  css: '',
};
const MOST_LINES_AFTER = 8;

/** The next lines, commented out, ahead of the text: a model without infill tokens can only look back. */
function remark({ suffix, lineSuffix, languageId }: CompletionContext): string {
  const comment = LINE_COMMENT[languageId] ?? '//';
  if (comment === '') return '';
  const lines = suffix
    .slice(lineSuffix.length)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, MOST_LINES_AFTER);
  if (lines.length === 0) return '';
  return [`${comment} Later in this file:`, ...lines.map((line) => `${comment} ${line}`), '', ''].join('\n');
}
