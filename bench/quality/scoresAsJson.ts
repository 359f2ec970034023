import type { Scored } from './scoreTable.js';

/** Everything that was answered, to look at and to compare runs by. */
export function scoresAsJson(scored: readonly Scored[]): string {
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
