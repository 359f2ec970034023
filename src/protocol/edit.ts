import { ProgressType, RequestType } from 'vscode-jsonrpc';
import type { Diagnostic, Range } from 'vscode-languageserver-protocol';
import type { EngineErrorData } from './errors.js';

export type EditIntent = 'fix' | 'document';

export interface EditParams {
  /** A document that is open in the engine. */
  readonly textDocument: { readonly uri: string; readonly version: number };
  readonly intent: EditIntent;
  /** Where: a diagnostic's range, the selection, or the cursor. */
  readonly range: Range;
  /** True when `range` is a selection that the user made: then the region is exactly that, in whole lines. */
  readonly isSelection: boolean;
  /**
   * The enclosing symbol (from the editor's document symbols), where the editor knows one. The engine falls back
   * to indentation and brackets.
   */
  readonly symbol?: Range;
  readonly diagnostics: readonly Diagnostic[];
  /** What the editor would indent with. */
  readonly indent: { readonly useTabs: boolean; readonly size: number };
  /** The user trusts the workspace. Left out, no tool of the machine is started to check the edit. */
  readonly isTrusted?: boolean;
  readonly progressToken: string | number;
}

export type EditProgress =
  /** Which lines are going to be replaced; sent first. */
  | { readonly kind: 'region'; readonly range: Range }
  /** The replacement's text as far as it is written, cleaned, whole lines only. */
  | { readonly kind: 'draft'; readonly text: string };

export interface EditResult {
  /** Version of the document that the edit was made for. */
  readonly version: number;
  readonly range: Range;
  /** The text that stood there: an editor compares it before it applies. */
  readonly oldText: string;
  readonly newText: string;
  /** What the validators say about the new text. */
  readonly verdict: EditVerdict;
  readonly completionTokens: number;
  readonly tokensPerSecond: number;
  readonly model: string;
}

/** What is known about new text before it is offered. */
export type EditVerdict =
  /** No check objects; none proves it right. */
  | { readonly kind: 'unchecked' }
  /** A tool has found it right. */
  | { readonly kind: 'passed'; readonly by: string }
  | { readonly kind: 'doubtful'; readonly reason: EditDoubt };

/**
 * `shorter`: much of the code is gone. `unbalanced`: brackets don't match. `unfinished`: the answer was cut off.
 * `syntax`: the document has a syntax error that it should not have.
 */
export type EditDoubt = 'shorter' | 'unbalanced' | 'unfinished' | 'syntax';

export const EditRequest = new RequestType<EditParams, EditResult, EngineErrorData>('youtu/edit');
export const EditProgressType = new ProgressType<EditProgress>();
