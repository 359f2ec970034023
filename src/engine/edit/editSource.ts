import type { TextDocument } from 'vscode-languageserver-textdocument';
import { EngineError, EngineErrorCode, type EngineErrorData } from '../../protocol/errors.js';
import { lineEndOf } from './fix/codeShape.js';
import { linesOf, type Lines, type LineSpan } from '../language/lines.js';

/** A document as it was when the edit was asked for: the user goes on typing while the model writes. */
export interface EditSource {
  readonly languageId: string;
  readonly version: number;
  readonly lines: Lines;
  readonly lineEnd: '\n' | '\r\n';
}

export function sourceOf(document: TextDocument): EditSource {
  const { languageId, version } = document;
  const text = document.getText();
  return { languageId, version, lines: linesOf(text), lineEnd: lineEndOf(text) };
}

/** The text of whole lines, without the last one's end. */
export function spanText({ lines, lineEnd }: EditSource, { start, end }: LineSpan): string {
  return Array.from({ length: end - start }, (_, index) => lines.at(start + index)).join(lineEnd);
}

type ImpossibleReason = (EngineErrorData & { readonly kind: 'editImpossible' })['reason'];

export function impossible(reason: ImpossibleReason): EngineError {
  return new EngineError(EngineErrorCode.editImpossible, { kind: 'editImpossible', reason });
}
