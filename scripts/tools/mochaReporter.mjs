// Mocha's own output, and at the end the counts, the failed tests and the time of each test as a JSON file for
// scripts/test.mjs, which adds several runs up.
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import Mocha from 'mocha';

export default class MochaReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const times = [];
    const keepTime = (runnable) =>
      times.push({
        file: basename(runnable.file ?? runnable.parent?.file ?? '').replace(/\.[cm]?js$/, '.ts'),
        title: runnable.fullTitle(),
        isHook: runnable.type === 'hook',
        ms: runnable.duration ?? 0,
      });
    runner.on('test end', keepTime);
    runner.on('hook end', keepTime);
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
          JSON.stringify({ passed: passes, failed: failures, pending, failedTests, times }),
        );
    });
  }
}
