import type { CheckReport, Checkers } from '../../checkers/checkers.js';

/**
 * Those tools that know the test framework. One that finds errors in a file whose only test does nothing, such as an
 * import that it can't find, has no verdict about other tests: each `assertEquals` would be one more unknown name.
 * @param baseline the test file with that test
 */
export function checkersThatKnow(
  checkers: Pick<Checkers, 'check'>,
  baseline: string,
): Pick<Checkers, 'check'> {
  return {
    async check(file, isTrusted, signal): Promise<readonly CheckReport[]> {
      const reports = await checkers.check(file, isTrusted, signal);
      const before = await checkers.check({ ...file, text: baseline }, isTrusted, signal);
      const isBlind = (by: string): boolean =>
        before.some(
          (each) =>
            each.by === by &&
            each.kind === 'checked' &&
            each.problems.some(({ severity }) => severity === 'error'),
        );
      return reports.map(({ by, ...report }) => (isBlind(by) ? { kind: 'failed', by } : { ...report, by }));
    },
  };
}
