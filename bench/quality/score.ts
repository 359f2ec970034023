import type { QualityCase } from '../corpus/cutCases.js';
import { findDefects, type Defects } from './defects.js';
import { editSimilarity } from './editSimilarity.js';

/** Users judge a suggestion by about this many of its first characters. */
const START_LENGTH = 12;

export interface Score extends Defects {
  readonly text: string;
  readonly isShown: boolean;
  /** Matches the rest of the line exactly, apart from trailing blanks. */
  readonly exact: boolean;
  /** The first characters of the text are the next ones in the file. */
  readonly begins: boolean;
  readonly firstToken: boolean;
  readonly lineSimilarity: number;
  readonly blockSimilarity: number;
}

/** Compares a completion with the removed text. An empty completion is wrong. */
export function scoreOf(text: string, testCase: QualityCase, tokenize: (text: string) => number[]): Score {
  const { gap, after } = testCase;
  const [line, expected] = [firstLine(text), firstLine(gap)];
  const isShown = text.trim() !== '';
  return {
    text,
    isShown,
    exact: line === expected,
    begins: isShown && `${gap}${after}`.startsWith(text.trimEnd().slice(0, START_LENGTH)),
    firstToken: isShown && tokenize(text)[0] === tokenize(gap)[0],
    lineSimilarity: editSimilarity(line, expected),
    blockSimilarity: editSimilarity(text.trimEnd(), gap.trimEnd()),
    ...findDefects(text, testCase),
  };
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').trimEnd();
}
