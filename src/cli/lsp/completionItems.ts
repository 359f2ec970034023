import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  type CancellationToken,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
  type Position,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Completion } from '../../engine/completion/completionTypes.js';
import { abortSignalOf } from '../../engine/cancellation.js';
import type { ServerParts } from '../../engine/lsp/clientAdapter.js';

/** Where a suggestion is as likely as within a word. The space is not among them: it would always open a list. */
export const TRIGGER_CHARACTERS = ['.', '(', '[', '{', '=', ':', ','];

/** Incomplete: the editor asks again with each key. */
const NO_ITEMS: CompletionList = { isIncomplete: true, items: [] };

/** Answers `textDocument/completion` with the ghost text, for editors that can't show any. */
export class CompletionItems {
  constructor(private readonly parts: Pick<ServerParts, 'documents' | 'engine' | 'contextProvider'>) {}

  async complete(
    { textDocument, position }: CompletionParams,
    token: CancellationToken,
  ): Promise<CompletionList> {
    const { documents, engine, contextProvider } = this.parts;
    const document = documents.get(textDocument.uri);
    if (document === undefined) return NO_ITEMS;
    contextProvider.edited(document, position);
    const { completionMaxLines: maxLines, completionLatencyGoal: partialAfterMs } = engine.settings;
    const exclusion = contextProvider.exclusionOf(document.uri);
    try {
      const answer = await engine.completion.complete(
        document,
        position,
        {
          isInvoked: false,
          maxLines,
          partialAfterMs,
          isExcluded: exclusion === 'bySetting',
          allowSecretFile: exclusion === 'none',
        },
        abortSignalOf(token),
      );
      const [first] = answer.completions;
      return first === undefined
        ? NO_ITEMS
        : { isIncomplete: true, items: [completionItem(document, position, first)] };
    } catch {
      // The list shows no errors: it holds the items of other servers too.
      return NO_ITEMS;
    }
  }
}

const MAX_LABEL_LENGTH = 60;
/** Sorts the item after those of language servers. */
const SORT_TEXT = 'zzzzzzzz';
// The lookbehind keeps long lines linear: no attempt begins inside a word.
const WORD_AT_END = /(?<![\p{L}\p{N}_$])[\p{L}\p{N}_$]*$/u;

/**
 * Ghost text as an item of the suggestion list. It begins with the word that is being typed, since editors keep only
 * those items that do.
 */
export function completionItem(
  document: TextDocument,
  position: Position,
  { insertText, range }: Completion,
): CompletionItem {
  const before = document.getText({ start: { line: position.line, character: 0 }, end: position });
  const [word = ''] = WORD_AT_END.exec(before) ?? [];
  const character = Math.min(range.start.character, position.character - word.length);
  const start = { line: position.line, character };
  const newText = document.getText({ start, end: range.start }) + insertText;
  const lines = newText.trim().split(/\r?\n/);
  return {
    label: shortened(lines[0] ?? '', lines.length > 1),
    kind: CompletionItemKind.Text,
    detail: 'Youtu Code',
    ...(lines.length > 1 ? { documentation: newText } : {}),
    preselect: false,
    sortText: SORT_TEXT,
    filterText: document.getText({ start, end: position }),
    insertTextFormat: InsertTextFormat.PlainText,
    // The text has its indentation already.
    insertTextMode: InsertTextMode.asIs,
    textEdit: { range: { start, end: position }, newText },
  };
}

function shortened(line: string, hasMore: boolean): string {
  const cut = line.length > MAX_LABEL_LENGTH ? line.slice(0, MAX_LABEL_LENGTH - 1) : line;
  return cut.length < line.length || hasMore ? `${cut}…` : cut;
}
