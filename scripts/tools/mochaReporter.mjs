// Mocha's spec reporter, which also writes the counts, the failed tests, those that passed only when they were repeated,
// and the time of each test to a JSON file for scripts/test.mjs.
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import Mocha from 'mocha';

export default class MochaReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const times = [];
    const repeatedTests = new Map();
    runner.on('retry', (test, error) => repeatedTests.set(test.fullTitle(), error.message));
    runner.on('fail', (test) => repeatedTests.delete(test.fullTitle()));
    const recordTime = (runnable) =>
      times.push({
        file: basename(runnable.file ?? runnable.parent?.file ?? '').replace(/\.[cm]?js$/, '.ts'),
        title: runnable.fullTitle(),
        isHook: runnable.type === 'hook',
        ms: runnable.duration ?? 0,
      });
    runner.on('test end', recordTime);
    runner.on('hook end', recordTime);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      const file = process.env.YOUTU_COUNTS;
      const failedTests = this.failures.map((test) => ({
        title: test.fullTitle(),
        message: test.err.message,
      }));
      if (file)
        writeFileSync(
          file,
          JSON.stringify({
            ...{ passed: passes, failed: failures, pending, failedTests, times },
            repeatedTests: [...repeatedTests].map(([title, message]) => ({ title, message })),
          }),
        );
    });
  }
}
