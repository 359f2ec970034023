/** What a language's own tools say about a text. They know nothing of edits: the caller compares two verdicts. */

import type { LineSpan } from '../language/lines.js';

/** A text as an editor has it, which may be newer than the file, or in no file at all. */
export interface CheckFile {
  readonly uri: string;
  /** VS Code's id. */
  readonly languageId: string;
  readonly text: string;
}

export interface CheckerProblem {
  /** From 0. */
  readonly line: number;
  /** From 0, in UTF-16 units. Exact where the tool is. */
  readonly column: number;
  readonly message: string;
  /** The tool's own name for this kind of problem: `F821`, `2304`. */
  readonly code?: string;
  readonly severity: 'error' | 'warning';
  /** The text can't be parsed here, and the tool has looked for nothing else: other problems may be hidden. */
  readonly isSyntax?: true;
  /** The text can't be parsed here; the tool has found all such places, but what the text means isn't certain. */
  readonly hidesMeaning?: true;
}

export interface LanguageChecker {
  /** As users know the tool: `python`, `typescript`. */
  readonly name: string;
  readonly languageIds: readonly string[];
  /** It starts a program, or loads code that isn't part of this one: only for workspaces that the user trusts. */
  readonly needsTrust: boolean;
  /** Whether it can check such a file here at all. */
  isAvailable(file: CheckFile): Promise<boolean>;
  /**
   * Reads the project at most: it neither runs nor changes anything in it.
   * @returns `undefined` when it can't tell: the tool failed, took too long, or wrote too much
   * @throws the signal's reason when aborted
   */
  check(file: CheckFile, signal: AbortSignal): Promise<readonly CheckerProblem[] | undefined>;
  /**
   * What the tool itself would change about the errors of some lines. It may be a guess: the caller checks each.
   * @returns whole texts, the surest first
   * @throws the signal's reason when aborted
   */
  fixes?(file: CheckFile, lines: LineSpan, signal: AbortSignal): Promise<readonly string[]>;
}
