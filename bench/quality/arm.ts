import type { QualityCase } from '../corpus/cutCases.js';

/** One way to answer a case. */
export interface Arm {
  readonly name: string;
  /** Whether it answers only where a block was cut out. */
  readonly isForBlocks: boolean;
  /** The text for the place of the gap; `''` when nothing would be shown. */
  answer(testCase: QualityCase): Promise<string>;
}
