import { RequestType } from 'vscode-jsonrpc';
import type { Position, Range } from 'vscode-languageserver-protocol';
import type { EngineErrorData } from './errors.js';

export interface NamesParams {
  /** A document that is open in the engine. */
  readonly textDocument: { readonly uri: string; readonly version: number };
  /** In the name or at its end. */
  readonly position: Position;
}

export interface NamesResult {
  /** Of the name at the position. */
  readonly range: Range;
  readonly oldName: string;
  /** One to three, the best first. None of them occurs in the document, and none is a word of the language. */
  readonly names: readonly string[];
  /** Id of the model that wrote them. */
  readonly model: string;
}

/** Other names for the symbol at a position. The editor renames it: it knows the other files. */
export const NamesRequest = new RequestType<NamesParams, NamesResult, EngineErrorData>('youtu/names');
