/** Between the engine and the thread that has TypeScript. */
import type { LineSpan } from '../../language/lines.js';
import type { CheckerProblem } from '../checker.js';

export interface TypescriptRequest {
  readonly id: number;
  /** Files of the library, the preferred first. */
  readonly libraries: readonly string[];
  /** Of the file, or a made-up one for a text that lies in no file. */
  readonly path: string;
  readonly text: string;
  /** Names and types may come from elsewhere: only the syntax is checked. */
  readonly isFragment: boolean;
  /** What would be changed about the errors of these lines is asked for, too. */
  readonly fixesFor?: LineSpan;
}

export interface TypescriptAnswer {
  readonly id: number;
  /** `undefined` when no library could be loaded. */
  readonly problems: readonly CheckerProblem[] | undefined;
  /** Whole texts. */
  readonly fixes?: readonly string[];
}
