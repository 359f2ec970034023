import type { ScoredCase } from './scoreTable.js';

/** All completions and their scores, for inspection and for comparing runs. */
export function scoresAsJson(scored: readonly ScoredCase[]): string {
  const plain = scored.map(({ testCase, scores }) => ({
    name: testCase.name,
    kind: testCase.kind,
    language: testCase.file.language,
    gap: testCase.gap,
    ...(testCase.needs === undefined
      ? {}
      : { needs: { name: testCase.needs.name, path: testCase.needs.file.path } }),
    arms: Object.fromEntries(scores),
  }));
  return JSON.stringify(plain, null, 2);
}
