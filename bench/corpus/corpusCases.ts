import { crossFileCases } from './crossFileCases.js';
import { cutCases, type QualityCase } from './cutCases.js';
import { SeededRandom } from './random.js';
import { sourceFiles } from './sourceFiles.js';

export interface CorpusOptions {
  /** The repository's folder. */
  readonly root: string;
  /** Number of cases that need only their own file, and of those that need another file; split evenly among the languages. */
  readonly singleFile: number;
  readonly crossFile: number;
  readonly seed: number;
  readonly language?: string;
}

const LANGUAGES = ['typescript', 'javascript', 'python'] as const;

/** @throws RangeError for an unknown language */
export function corpusCases({ root, singleFile, crossFile, seed, language }: CorpusOptions): QualityCase[] {
  const languages = LANGUAGES.filter((each) => language === undefined || language === each);
  if (languages.length === 0) throw new RangeError(`one of ${LANGUAGES.join(', ')}, not ${language}`);
  const files = sourceFiles(root);
  const shareOf = (count: number, index: number): number => Math.floor((count + index) / languages.length);
  const lists = languages.flatMap((each, index) => {
    const ownFiles = files.filter((file) => file.language === each);
    return [
      cutCases(ownFiles, shareOf(singleFile, index), new SeededRandom(seed)),
      crossFileCases(ownFiles, shareOf(crossFile, index), new SeededRandom(seed)),
    ];
  });
  return interleave(lists);
}

/** Merges the lists evenly, so that any first part of the cases resembles the whole. */
function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const positioned = lists.flatMap((list) => list.map((item, i) => ({ item, at: (i + 0.5) / list.length })));
  return positioned.sort((a, b) => a.at - b.at).map(({ item }) => item);
}
