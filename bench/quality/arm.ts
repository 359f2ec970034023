import type { QualityCase } from '../corpus/cutCases.js';

/** One of the completion methods that are compared. */
export interface Arm {
  readonly name: string;
  /** Whether it runs only for cases of kind `block`. */
  readonly isForBlocksOnly: boolean;
  /** The completion for the gap; `''` if nothing would be shown. */
  complete(testCase: QualityCase): Promise<string>;
}
