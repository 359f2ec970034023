import type { Model, Token } from '../../model/model.js';
import { languageOf } from '../../language/languageOf.js';
import type { PromptWindow } from './promptWindow.js';

export interface CompletionPrompt {
  readonly kind: 'infill' | 'continuation';
  readonly tokens: readonly Token[];
}

/**
 * What the model is shown. With infill tokens: snippets of other files, the text up to the window's anchor, the text
 * after the cursor, and after the middle token the text between anchor and cursor: so a key changes only the prompt's
 * end, and the KV cache keeps the rest. Without: the snippets and the text after the cursor as a comment, then the text
 * before the cursor, which the model then continues.
 * @param middle the text from the anchor to the cursor as far as it is prompt (its last piece may be left to token
 * healing)
 */
export function completionPrompt(
  model: Model,
  { languageId, path }: { readonly languageId: string; readonly path: string },
  window: PromptWindow,
  middle: string,
): CompletionPrompt {
  const bos = model.bos === undefined ? [] : [model.bos];
  const { infill } = model;
  const above = window.imports + window.above;
  if (infill === undefined) {
    const comment = commentOf(window, languageId);
    return { kind: 'continuation', tokens: [...bos, ...model.tokenize(comment + above + middle, false)] };
  }
  return {
    kind: 'infill',
    tokens: [
      ...bos,
      ...otherFiles(model, window, path),
      infill.prefix,
      ...model.tokenize(above, false),
      infill.suffix,
      ...model.tokenize(window.suffix, false),
      infill.middle,
      ...model.tokenize(middle, false),
    ],
  };
}

/** As in the model's training on whole projects: each file after a separator and its path, the current one last. */
function otherFiles(model: Model, { snippets }: PromptWindow, path: string): Token[] {
  const separator = model.infill?.fileSeparator;
  if (separator === undefined || snippets.length === 0) return [];
  const parts = [...snippets.map((snippet) => `${snippet.path}\n${snippet.text.trimEnd()}\n`), `${path}\n`];
  return parts.flatMap((part) => [separator, ...model.tokenize(part, false)]);
}

const MAX_LINES_AFTER = 8;

/** The snippets and the text after the cursor, commented out, for a model that can only look back. */
function commentOf({ snippets, suffix }: PromptWindow, languageId: string): string {
  const { lineComment: mark } = languageOf(languageId);
  if (mark === '') return '';
  const parts = snippets.map(({ path, text }) => [`From ${path}:`, ...text.trimEnd().split('\n')]);
  const below = suffix
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, MAX_LINES_AFTER);
  if (below.length > 0) parts.push(['Later in this file:', ...below]);
  return parts.flatMap((lines) => [...lines.map((line) => `${mark} ${line}`), '', '']).join('\n');
}
