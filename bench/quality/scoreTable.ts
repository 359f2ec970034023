import type { CutKind, QualityCase } from '../corpus/cutCases.js';
import { textTable } from '../stats/textTable.js';
import type { Score } from './score.js';

export interface ScoredCase {
  readonly testCase: QualityCase;
  /** Keyed by the name of the arm. */
  readonly scores: ReadonlyMap<string, Score>;
}

const TITLES: Readonly<Record<CutKind, string>> = {
  lineStart: 'line start',
  word: 'at a word',
  inWord: 'inside a word',
  block: 'block',
  crossFile: 'other file needed',
};
const LINE_KINDS = ['lineStart', 'word', 'inWord'] as const;

/** One row per kind of cut and arm; shares are of all cases, including those where nothing is shown. */
export function scoreTable(scored: readonly ScoredCase[]): string {
  const kinds: (readonly [string, readonly CutKind[]])[] = [
    ...LINE_KINDS.map((kind) => [TITLES[kind], [kind]] as const),
    ['all three', LINE_KINDS],
    [TITLES.block, ['block']],
    [TITLES.crossFile, ['crossFile']],
    ['everything', [...LINE_KINDS, 'block', 'crossFile']],
  ];
  const rows = kinds.flatMap(([title, included]) => {
    const cases = scored.filter(({ testCase }) => included.includes(testCase.kind));
    const arms = [...new Set(cases.flatMap(({ scores }) => [...scores.keys()]))];
    return arms.map((arm) =>
      row(
        `${title}: ${arm}`,
        cases.flatMap(({ scores }) => scores.get(arm) ?? []),
      ),
    );
  });
  return textTable(
    ['cut, arm', 'cases', 'shown', 'exact', 'first 12', 'token', 'line', 'block', 'brackets', 'repeats'],
    rows,
  );
}

function row(title: string, scores: readonly Score[]): string[] {
  const count = (is: (score: Score) => boolean): number => scores.filter(is).length;
  const share = (is: (score: Score) => boolean): string => percent(count(is) / scores.length);
  const mean = (of: (score: Score) => number): string =>
    (scores.reduce((sum, score) => sum + of(score), 0) / scores.length).toFixed(3);
  return [
    title,
    `${scores.length}`,
    share(({ isShown }) => isShown),
    `${count(({ exact }) => exact)} (${share(({ exact }) => exact)})`,
    share(({ begins }) => begins),
    share(({ firstToken }) => firstToken),
    mean(({ lineSimilarity }) => lineSimilarity),
    mean(({ blockSimilarity }) => blockSimilarity),
    `${count(({ brackets }) => brackets)}`,
    `${count(({ repeats }) => repeats)}`,
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
