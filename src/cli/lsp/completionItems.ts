import type { CompletionList, CompletionParams, CancellationToken } from 'vscode-languageserver/node';
import { abortSignalOf } from '../../engine/cancellation.js';
import type { ServerParts } from '../../engine/lsp/clientAdapter.js';
import { completionItem } from './completionItem.js';

/** Where a suggestion is as likely as within a word; not the blank, which would open a list all the time. */
export const TRIGGER_CHARACTERS = ['.', '(', '[', '{', '=', ':', ','];

/** The list is asked for again with each key: what is there in time is better than all of it later. */
const NOTHING: CompletionList = { isIncomplete: true, items: [] };

/** Answers `textDocument/completion` with what would be ghost text, for editors that can't show any. */
export class CompletionItems {
  constructor(private readonly parts: Pick<ServerParts, 'documents' | 'engine' | 'surroundings'>) {}

  async complete(
    { textDocument, position }: CompletionParams,
    token: CancellationToken,
  ): Promise<CompletionList> {
    const { documents, engine, surroundings } = this.parts;
    const document = documents.get(textDocument.uri);
    if (document === undefined) return NOTHING;
    surroundings.edited(document, position);
    const { completionMaxLines: maxLines, completionLatencyGoal: partialAfterMs } = engine.settings;
    try {
      const answer = await engine.completion.complete(
        document,
        position,
        { isInvoked: false, maxLines, partialAfterMs },
        abortSignalOf(token),
      );
      const [first] = answer.completions;
      return first === undefined
        ? NOTHING
        : { isIncomplete: true, items: [completionItem(document, position, first)] };
    } catch {
      // A list never complains: other servers' items are in it too.
      return NOTHING;
    }
  }
}
