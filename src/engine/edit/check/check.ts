import type { EditObjection } from '../../../protocol/editVerdict.js';
import type { LineSpan } from '../../language/lines.js';

/** New text for some lines of a document, to be checked before a user sees it. */
export interface Proposal {
  /** The lines that are replaced. */
  readonly span: LineSpan;
  readonly oldText: string;
  readonly newText: string;
  /** The whole document with the new text in it. */
  readonly document: string;
  /** False when the model was cut off or stopped in a loop. */
  readonly isFinished: boolean;
}

/** What one check sees before and after. */
export interface Comparison {
  /** The names of the tools that have read it; none when it can't prove anything. */
  readonly by: readonly string[];
  /** It saw the problem in the old text, and doesn't in the new one. */
  readonly isProblemGone: boolean;
  /** What is gone may not have been the problem: it counts only where another tool has read the text, too. */
  readonly isDoubtful?: boolean;
  /** What it says of other errors on the lines of the problem, which it still sees. */
  readonly left?: readonly string[];
  readonly objection?: EditObjection;
  /** A tool that has read the old text gave no verdict on the new one: nothing is proved. */
  readonly isFailed?: boolean;
  /** Tools were not asked because the workspace isn't trusted. */
  readonly isUntrusted?: boolean;
}

/** One way to tell whether an edit is right. */
export interface Check {
  /**
   * @returns `undefined` when it can't say anything about this document
   * @throws the signal's reason when aborted
   */
  compare(proposal: Proposal, signal: AbortSignal): Promise<Comparison | undefined>;
}

/** What an edit is made for. */
export interface CheckedDocument {
  readonly languageId: string;
  readonly text: string;
  /** The lines of the diagnostics, or those that the user has selected. */
  readonly target: LineSpan;
  readonly messages: readonly string[];
}
