import type { QualityCase } from '../corpus/cutCases.js';
import { damageOf, type Damage } from './damage.js';
import { editSimilarity } from './editSimilarity.js';

/** The user sees whether a suggestion is right by about so many of its first characters. */
const LOOKED_AT = 12;

export interface Score extends Damage {
  readonly text: string;
  readonly isShown: boolean;
  /** The rest of the line, to the last character (blanks at its end aside). */
  readonly exact: boolean;
  /** The text's first characters are what stands next in the file. */
  readonly begins: boolean;
  readonly firstToken: boolean;
  readonly lineSimilarity: number;
  readonly blockSimilarity: number;
}

/** How a text compares with what was cut out. A text of no characters is a wrong one. */
export function scoreOf(text: string, testCase: QualityCase, tokenize: (text: string) => number[]): Score {
  const { gap, after } = testCase;
  const [line, wanted] = [firstLine(text), firstLine(gap)];
  const isShown = text.trim() !== '';
  return {
    text,
    isShown,
    exact: line === wanted,
    begins: isShown && `${gap}${after}`.startsWith(text.trimEnd().slice(0, LOOKED_AT)),
    firstToken: isShown && tokenize(text)[0] === tokenize(gap)[0],
    lineSimilarity: editSimilarity(line, wanted),
    blockSimilarity: editSimilarity(text.trimEnd(), gap.trimEnd()),
    ...damageOf(text, testCase),
  };
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').trimEnd();
}
