import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Mocha from 'mocha';
import MochaReporter from '../../../scripts/tools/mochaReporter.mjs';

describe('the counts of a run of tests', () => {
  let folder: string;
  let before: string | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'youtu-counts-'));
    before = process.env['YOUTU_COUNTS'];
    process.env['YOUTU_COUNTS'] = join(folder, 'counts.json');
  });
  afterEach(async () => {
    if (before === undefined) delete process.env['YOUTU_COUNTS'];
    else process.env['YOUTU_COUNTS'] = before;
    await rm(folder, { recursive: true, force: true });
  });

  it('name what passed only when it was repeated, and what failed each time', async () => {
    const failing = (times: number): (() => void) => {
      let attempt = 0;
      return () => assert.ok(attempt++ >= times, `attempt ${attempt}`);
    };
    const run = new Mocha({ reporter: Silent, retries: 1 });
    for (const times of [0, 1, 2]) run.suite.addTest(new Mocha.Test(`fails ${times} times`, failing(times)));
    await new Promise((resolve) => run.run(resolve));
    const counts = JSON.parse(await readFile(join(folder, 'counts.json'), 'utf8')) as Record<string, unknown>;
    assert.deepEqual(
      [counts['passed'], counts['failed'], counts['repeatedTests'], counts['failedTests']],
      [
        2,
        1,
        [{ title: 'fails 1 times', message: 'attempt 1' }],
        [{ title: 'fails 2 times', message: 'attempt 2' }],
      ],
    );
  });
});

/** Its lines would look like those of the run that this test is part of. */
class Silent extends MochaReporter {
  constructor(...args: ConstructorParameters<typeof MochaReporter>) {
    const { consoleLog } = Mocha.reporters.Base;
    Mocha.reporters.Base.consoleLog = () => undefined;
    super(...args);
    args[0].once('end', () => (Mocha.reporters.Base.consoleLog = consoleLog));
  }
}
