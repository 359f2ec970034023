import assert from 'node:assert/strict';
import type { CheckFile, CheckerProblem, LanguageChecker } from '../../../../src/engine/checkers/checker.js';
import { Checkers } from '../../../../src/engine/checkers/checkers.js';

const never = new AbortController().signal;
const PROBLEM: CheckerProblem = { line: 0, column: 0, message: 'no', severity: 'error' };
const file = (text: string, languageId = 'x'): CheckFile => ({ uri: 'file:///a.x', languageId, text });

/** A checker that answers when it is told to, or at once. */
class SampleChecker implements LanguageChecker {
  readonly languageIds = ['x'];
  readonly checked: string[] = [];
  readonly waiting: (() => void)[] = [];
  isAutomatic = true;
  isThere = true;

  constructor(
    readonly name: string,
    readonly needsTrust = false,
    private readonly problems: readonly CheckerProblem[] | undefined = [PROBLEM],
  ) {}

  isAvailable(): Promise<boolean> {
    return Promise.resolve(this.isThere);
  }

  async check({ text }: CheckFile): Promise<readonly CheckerProblem[] | undefined> {
    this.checked.push(text);
    if (!this.isAutomatic) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.problems;
  }
}

describe('the checkers of a language', () => {
  it('are asked, and those that aren’t there are not mentioned', async () => {
    const [one, two, gone] = [new SampleChecker('one'), new SampleChecker('two'), new SampleChecker('gone')];
    gone.isThere = false;
    assert.deepEqual(await new Checkers([one, two, gone]).check(file('a'), false, never), [
      { kind: 'checked', by: 'one', problems: [PROBLEM] },
      { kind: 'checked', by: 'two', problems: [PROBLEM] },
    ]);
    assert.deepEqual(await new Checkers([one]).check(file('a', 'y'), true, never), []);
  });

  it('are not asked in a workspace that isn’t trusted, unless they are a part of this program', async () => {
    const [bundled, tool] = [new SampleChecker('bundled'), new SampleChecker('tool', true)];
    const checkers = new Checkers([bundled, tool]);
    assert.deepEqual(
      (await checkers.check(file('a'), false, never)).map(({ kind, by }) => [kind, by]),
      [
        ['checked', 'bundled'],
        ['untrusted', 'tool'],
      ],
    );
    assert.deepEqual(tool.checked, []);
    assert.equal((await checkers.check(file('a'), true, never))[1]?.kind, 'checked');
  });

  it('are reported when they have no verdict', async () =>
    assert.deepEqual(await new Checkers([new NoVerdict('tool')]).check(file('a'), true, never), [
      { kind: 'failed', by: 'tool' },
    ]));

  it('aren’t asked about megabytes, nor about a text with null characters', async () => {
    const checker = new SampleChecker('tool');
    for (const text of ['x\n'.repeat(2_500_000), 'a\0b'])
      assert.deepEqual(await new Checkers([checker]).check(file(text), true, never), [
        { kind: 'failed', by: 'tool' },
      ]);
    assert.deepEqual(checker.checked, []);
  });

  it('are asked once about the same text, for a minute', async () => {
    const checker = new SampleChecker('tool');
    let now = 0;
    const checkers = new Checkers([checker], () => now);
    for (const text of ['a', 'b', 'a', 'b']) await checkers.check(file(text), true, never);
    assert.deepEqual(checker.checked, ['a', 'b']);
    await checkers.check({ ...file('a'), uri: 'file:///other.x' }, true, never);
    assert.equal(checker.checked.length, 3);
    now = 61_000;
    await checkers.check(file('a'), true, never);
    assert.equal(checker.checked.length, 4);
  });

  it('are asked again when they had no verdict', async () => {
    const checker = new NoVerdict('tool');
    const checkers = new Checkers([checker]);
    for (let time = 0; time < 2; time++) await checkers.check(file('a'), true, never);
    assert.equal(checker.checked.length, 2);
  });

  it('remember a few texts only', async () => {
    const checker = new SampleChecker('tool');
    const checkers = new Checkers([checker]);
    for (let text = 0; text < 100; text++) await checkers.check(file(String(text)), true, never);
    await checkers.check(file('0'), true, never);
    assert.equal(checker.checked.length, 101);
    await checkers.check(file('99'), true, never);
    assert.equal(checker.checked.length, 101);
  });

  it('run two at a time; a request that is aborted while it waits leaves its turn to the next', async () => {
    const checker = new SampleChecker('tool');
    checker.isAutomatic = false;
    const checkers = new Checkers([checker]);
    const abort = new AbortController();
    const running = ['a', 'b'].map((text) => checkers.check(file(text), true, never));
    const aborted = checkers.check(file('c'), true, abort.signal);
    const next = checkers.check(file('d'), true, never);
    await settle();
    assert.deepEqual(checker.checked, ['a', 'b']);
    abort.abort(new DOMException('no longer wanted', 'AbortError'));
    await assert.rejects(aborted, { name: 'AbortError' });
    checker.waiting.shift()?.();
    await settle();
    assert.deepEqual(checker.checked, ['a', 'b', 'd']);
    checker.waiting.splice(0).forEach((answer) => answer());
    await Promise.all([...running, next]);
  });

  it('pass an error on, and let the next one run', async () => {
    const failing = new SampleChecker('tool');
    failing.check = () => Promise.reject(new Error('broken'));
    const checkers = new Checkers([failing]);
    for (let time = 0; time < 3; time++)
      await assert.rejects(checkers.check(file('a'), true, never), { message: 'broken' });
  });
});

class NoVerdict extends SampleChecker {
  override async check(checked: CheckFile): Promise<undefined> {
    await super.check(checked);
    return undefined;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
