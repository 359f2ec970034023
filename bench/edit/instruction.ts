import type ts from 'typescript';

/** A task with an outcome that can be checked. */
export interface Instruction {
  readonly languageId: 'python' | 'javascript' | 'typescript';
  readonly instruction: string;
  /** The file; all of it is selected. */
  readonly text: string;
  /** Appended to the result and run: fails when the outcome is wrong. In scripts `SOURCE` is the result's text. */
  readonly program: string;
  readonly holds?: (tree: ts.SourceFile) => boolean;
}
