import type { Range } from 'vscode-languageserver-protocol';
import type { CompletionStats } from '../../protocol/completion.js';
import type { SelectedItem } from './cursor/cursorContext.js';

export interface CompletionOptions {
  readonly isInvoked: boolean;
  /** Whether an explicit wish is content with the likeliest candidate. */
  readonly isSingle?: boolean;
  readonly maxLines: number;
  /** Whether the user wants completions in this document although it usually holds secrets. */
  readonly allowSecretFile?: boolean;
  /** Milliseconds after which a part of an answer is given, where the client asks again when told that it has grown. */
  readonly partialAfterMs?: number;
  /** The item selected in the editor's suggestion list: a completion begins with its text. */
  readonly selected?: SelectedItem;
  readonly indent?: { readonly useTabs: boolean; readonly size: number };
  /** Text before the document's own. */
  readonly earlierText?: string;
}

export interface Completion {
  readonly insertText: string;
  /** What the text replaces; nothing but the cursor unless an item is selected or the line is indented anew. */
  readonly range: Range;
}

export interface CompletionAnswer {
  /** The best first; none when there is nothing worth showing. */
  readonly completions: readonly Completion[];
  readonly figures: CompletionStats;
}
