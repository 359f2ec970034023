/** An edit of one document: the text that it is made for, what it does, and why there may be none. */
import type { Range } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentedSymbols, EditOrigin, EditProgress, NewProblem } from '../../protocol/edit.js';
import type { EditObjection, EditVerdict } from '../../protocol/editVerdict.js';
import { EngineError, EngineErrorCode, type EngineErrorData } from '../../protocol/errors.js';
import { cellLanguageOf } from '../language/notebookCell.js';
import { linesOf, textsIn, type Lines, type LineSpan } from '../language/lines.js';
import type { AnswerWriter } from './answerWriter.js';
import { joinedLike, lineEndsOf } from './lineEnds.js';

/** An edit whose place in the text is known, before a model is loaded. */
export interface EditTask {
  /** The lines that the model rewrites. */
  readonly span: LineSpan;
  /**
   * An outcome that needs no model.
   * @throws the signal's reason when aborted
   */
  withoutModel?(report: ReportEdit, signal: AbortSignal): Promise<EditOutcome | undefined>;
  /** @throws EngineError `regionTooLong`, `instructionTooLong`, `noChange`, `noFix`; the signal's reason when aborted */
  write(writer: AnswerWriter, report: ReportEdit): Promise<EditOutcome>;
}

/** Called with what happens while an edit is made. */
export type ReportEdit = (progress: Exclude<EditProgress, { readonly kind: 'region' }>) => void;

/** Called with the new text as far as it is written, in whole lines. */
export type ReportDraft = (text: string) => void;

export interface EditOutcome {
  /** The lines that are replaced. */
  readonly span: LineSpan;
  readonly newText: string;
  readonly verdict: EditVerdict;
  readonly origin: EditOrigin;
  readonly documented?: DocumentedSymbols;
  readonly gone?: readonly string[];
  readonly newProblems?: readonly NewProblem[];
}

/** A snapshot of a document: the user may type while the model writes. */
export interface EditSource {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  readonly lines: Lines;
  /** How each line ends. */
  readonly lineEnds: readonly string[];
}

export function sourceOf(document: TextDocument): EditSource {
  const { uri, version } = document;
  const text = document.getText();
  const languageId = cellLanguageOf(uri, document.languageId, text);
  return { uri, languageId, version, text, lines: linesOf(text), lineEnds: lineEndsOf(text) };
}

/** The text of whole lines, without the last one's end. */
export function spanText({ lines, lineEnds }: EditSource, span: LineSpan): string {
  return textsIn(lines, span)
    .map(
      (line, index, { length }) => line + (index === length - 1 ? '' : (lineEnds[span.start + index] ?? '')),
    )
    .join('');
}

/** Lines that are to replace a span, as text. */
export function spanTextOf(lines: readonly string[], source: EditSource, span: LineSpan): string {
  return joinedLike(lines, textsIn(source.lines, span), span, source.lineEnds);
}

/** From the first character of the span to the end of its last line, without the line break. */
export function spanRange({ lines }: EditSource, { start, end }: LineSpan): Range {
  return {
    start: { line: start, character: 0 },
    end: { line: end - 1, character: lines.at(end - 1).length },
  };
}

/** The whole text with other lines in place of the span. */
export function textWith(source: EditSource, span: LineSpan, newText: string): string {
  const document = TextDocument.create('', source.languageId, source.version, source.text);
  return TextDocument.applyEdits(document, [{ range: spanRange(source, span), newText }]);
}

type ImpossibleReason = (EngineErrorData & { readonly kind: 'editImpossible' })['reason'];

/** @param objection what the checks had against the last candidate, with `noFix` */
export function impossible(reason: ImpossibleReason, objection?: EditObjection): EngineError {
  return new EngineError(EngineErrorCode.editImpossible, {
    kind: 'editImpossible',
    reason,
    ...(objection === undefined ? {} : { objection }),
  });
}
