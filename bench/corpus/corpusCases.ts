import { crossFileCases } from './crossFileCases.js';
import { cutCases, type QualityCase } from './cutCases.js';
import { SeededRandom } from './random.js';
import { sourceFiles } from './sourceFiles.js';

export interface CorpusOptions {
  /** The repository's folder. */
  readonly root: string;
  /** Cases that their file answers, and those that another file answers; in equal parts from each language. */
  readonly single: number;
  readonly crossFile: number;
  readonly seed: number;
  readonly language?: string;
}

const LANGUAGES = ['typescript', 'javascript', 'python'] as const;

/** @throws RangeError for a language of which there are no files */
export function corpusCases({ root, single, crossFile, seed, language }: CorpusOptions): QualityCase[] {
  const languages = LANGUAGES.filter((each) => language === undefined || language === each);
  if (languages.length === 0) throw new RangeError(`one of ${LANGUAGES.join(', ')}, not ${language}`);
  const files = sourceFiles(root);
  const shareOf = (count: number, index: number): number => Math.floor((count + index) / languages.length);
  const lists = languages.flatMap((each, index) => {
    const own = files.filter((file) => file.language === each);
    return [
      cutCases(own, shareOf(single, index), new SeededRandom(seed)),
      crossFileCases(own, shareOf(crossFile, index), new SeededRandom(seed)),
    ];
  });
  return mixed(lists);
}

/** All lists at the same pace, so that the first part of the cases is like the whole. */
function mixed<T>(lists: readonly (readonly T[])[]): T[] {
  const placed = lists.flatMap((list) => list.map((item, i) => ({ item, at: (i + 0.5) / list.length })));
  return placed.sort((a, b) => a.at - b.at).map(({ item }) => item);
}
