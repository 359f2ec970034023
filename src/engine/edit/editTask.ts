import type { EditVerdict } from '../../protocol/edit.js';
import type { AnswerWriter } from './answerWriter.js';
import type { LineSpan } from '../language/lines.js';

export type ReportDraft = (text: string) => void;

export interface EditOutcome {
  readonly newText: string;
  readonly verdict: EditVerdict;
}

/** An edit that has found its place in the text, before a model is there. */
export interface EditTask {
  /** The lines that are going to be replaced. */
  readonly span: LineSpan;
  readonly oldText: string;
  /** @throws EngineError `regionTooLong`, `noChange`; the signal's reason when aborted */
  write(writer: AnswerWriter, report: ReportDraft): Promise<EditOutcome>;
}
