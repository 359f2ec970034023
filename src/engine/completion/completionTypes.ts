import type { Position, Range } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionOutcome, CompletionStats, CompletionTimes } from '../../protocol/completion.js';
import type { Clock } from './generation/clock.js';
import type { CursorContext, SelectedItem } from './cursor/cursorContext.js';

export interface CompletionOptions {
  /** Whether the user asked for a completion; otherwise the editor did so after a key. */
  readonly isInvoked: boolean;
  /** Whether the likeliest candidate is enough for an explicit request. */
  readonly isSingle?: boolean;
  /** Limit of an explicit request; an automatic one gets half as many lines. */
  readonly maxLines: number;
  /** Whether the user wants completions in this document although it usually holds secrets. */
  readonly allowSecretFile?: boolean;
  /** Whether the user's patterns keep completions out of this document. */
  readonly isExcluded?: boolean;
  /** Milliseconds after which a partial text is given, for a client that asks again when it is notified of more. */
  readonly partialAfterMs?: number;
  /** The item selected in the editor's suggestion list: a completion begins with its text. */
  readonly selected?: SelectedItem;
  /** The editor's unit of indentation; read off the text where it is not known. */
  readonly indent?: { readonly useTabs: boolean; readonly size: number };
  /** Text before the document's own: a notebook's earlier cells. */
  readonly earlierText?: string;
}

/** A request for ghost text at a cursor. */
export interface CompletionRequest {
  readonly document: TextDocument;
  readonly position: Position;
  readonly cursor: CursorContext;
  readonly options: CompletionOptions;
  /** When it came, in milliseconds of a monotonic clock. */
  readonly startedMs: number;
}

/** What the rules leave of a text. */
export interface GeneratedText {
  readonly text: string;
  /** Characters of the line's indentation before the cursor that the text replaces. */
  readonly replaces: number;
  /** The rule that dropped the text. */
  readonly droppedBy?: string;
}

/** What a generation has for a user who may have typed since it began. */
export interface Part extends GeneratedText {
  /** Characters of the text that the model is confident about. */
  readonly confident: number;
  /** Brackets and quotes that the editor has inserted after the cursor meanwhile. */
  readonly closing: string;
  /** Whether more may come. */
  readonly isPart: boolean;
}

/** Ghost text as an edit. */
export interface Completion {
  readonly insertText: string;
  /** What the text replaces: empty unless an item is selected or the line's indentation changes. */
  readonly range: Range;
}

export interface CompletionAnswer {
  /** The best first; none when there is nothing worth showing. */
  readonly completions: readonly Completion[];
  readonly stats: CompletionStats;
  readonly outcome: CompletionOutcome;
  readonly times: CompletionTimes;
}

/** Called when the text at a position has become longer than what was given. */
export type OnDidExtend = (uri: string, position: Position) => void;

export interface CompletionServiceOptions {
  readonly onDidExtend?: OnDidExtend;
  /** Writes a debug line for each request. */
  readonly log?: (line: string) => void;
  readonly clock?: Clock;
}
