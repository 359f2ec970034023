// Mocha's own output, and at the end the counts and the failed tests as a JSON file for those who add several runs up.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      const file = process.env.YOUTU_COUNTS;
      const failedTests = this.failures.map((test) => ({
        title: test.fullTitle(),
        message: test.err.message,
      }));
      if (file)
        writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, pending, failedTests }));
    });
  }
}
