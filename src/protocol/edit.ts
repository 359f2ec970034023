import { ProgressType, RequestType } from 'vscode-jsonrpc';
import type { Diagnostic, Range, TextEdit } from 'vscode-languageserver-protocol';
import type { EditVerdict } from './editVerdict.js';
import type { EngineErrorData } from './errors.js';

/** `documentAll`: each symbol of the document that has no comment. `edit`: what the instruction says. */
export type EditIntent = 'fix' | 'document' | 'documentAll' | 'edit';

export interface EditParams {
  /** A document that is open in the engine. */
  readonly textDocument: { readonly uri: string; readonly version: number };
  /** The text to edit instead of the document's: as it will be when earlier edits, not yet applied, are made. */
  readonly text?: string;
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
  /** With `edit`: what is to be done, in the user's words. */
  readonly instruction?: string;
  /**
   * With `edit`: earlier instructions for the same lines, the first one first, and what came of them. The new text
   * replaces the document's lines, and the instruction is about the last version.
   */
  readonly history?: readonly EditTurn[];
  readonly quickFixes?: readonly QuickFix[];
  /** What the editor would indent with. */
  readonly indent: { readonly useTabs: boolean; readonly size: number };
  /** The user trusts the workspace. Left out, no tool of the machine is started to check the edit. */
  readonly isTrusted?: boolean;
  readonly progressToken: string | number;
}

/** An instruction that was followed, for another one that refines the result. */
export interface EditTurn {
  readonly instruction: string;
  /** The lines that it led to. */
  readonly newText: string;
}

/** What the editor's language server offers for a diagnostic: a candidate that needs no model. */
export interface QuickFix {
  readonly title: string;
  /** The one that the language server would choose. */
  readonly isPreferred: boolean;
  /** Changes of the document, none of which overlap. */
  readonly edits: readonly TextEdit[];
}

export type EditProgress =
  /** Which lines are going to be replaced; sent first, and again when a candidate concerns other lines. */
  | { readonly kind: 'region'; readonly range: Range }
  /** A candidate is being made: the first attempt is round 1. */
  | { readonly kind: 'candidate'; readonly origin: EditOrigin; readonly round: number }
  /** The replacement's text as far as it is written, cleaned, whole lines only. */
  | { readonly kind: 'draft'; readonly text: string }
  /** The candidate is complete and being checked. */
  | { readonly kind: 'check' }
  /** With `documentAll`: which symbol is next, counted from 1. */
  | { readonly kind: 'symbol'; readonly name: string; readonly index: number; readonly count: number };

/** Where new text comes from. All but `model` need none: they come from the editor, a compiler or the code itself. */
export type EditOrigin = 'quickFix' | 'import' | 'syntax' | 'spelling' | 'compiler' | 'model';

export interface EditResult {
  /** Version of the document that the edit was made for. */
  readonly version: number;
  readonly range: Range;
  /** The text that stood there: an editor compares it before it applies. */
  readonly oldText: string;
  readonly newText: string;
  /** What the checks say about the new text. What they object to is never a result. */
  readonly verdict: EditVerdict;
  readonly origin: EditOrigin;
  readonly completionTokens: number;
  readonly tokensPerSecond: number;
  /** Id of the model that wrote the text; left out when none was needed. */
  readonly model?: string;
  /** With `documentAll`. */
  readonly documented?: DocumentedSymbols;
  /**
   * With `edit`: names of functions, classes and types that the new text lacks, although no instruction speaks of them.
   * The model wrote none that has them.
   */
  readonly gone?: readonly string[];
  /** With `edit`: what the language's own tools say about the new text and didn't say before, errors first. */
  readonly newProblems?: readonly NewProblem[];
}

export interface NewProblem {
  /** Line and column in the document with the edit, from 0. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** The tool. */
  readonly by: string;
}

/** What became of a document's symbols that had no comment. */
export interface DocumentedSymbols {
  readonly count: number;
  /** Names of those that none could be written for, in the text's order. */
  readonly left: readonly string[];
  /** How many more there are than one run documents. */
  readonly moreCount: number;
}

export const EditRequest = new RequestType<EditParams, EditResult, EngineErrorData>('youtu/edit');
export const EditProgressType = new ProgressType<EditProgress>();
