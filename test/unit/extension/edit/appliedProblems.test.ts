import assert from 'node:assert/strict';
import {
  AppliedWatch,
  countApplied,
  judgeApplied,
  type AppliedOutcome,
  type ShownProblem,
} from '../../../../src/extension/edit/appliedProblems.js';

const error = (message: string): ShownProblem => ({ message, source: 'ts', severity: 0 });
const warning = (message: string): ShownProblem => ({ message, source: 'ts', severity: 1 });
const hint = (message: string): ShownProblem => ({ message, source: 'ts', severity: 3 });

describe('the problems after a fix was applied', () => {
  const asked = error('Cannot find name ‘prise’.');

  it('are gone when the one that was asked about is, whatever else stays', () => {
    const other = error('other');
    assert.deepEqual(judgeApplied([asked, other], [asked], [other]), { kind: 'gone' });
  });

  it('count as gone when they only followed from others, and as left when they are equal but fewer', () => {
    const followed = [error("';' expected."), error("';' expected."), warning('unused')];
    const before = [asked, ...followed, hint('rename')];
    assert.deepEqual(countApplied(before, [hint('rename'), error("';' expected.")]), {
      goneCount: 3,
      leftCount: 1,
    });
    assert.deepEqual(countApplied(before, []), { goneCount: 4, leftCount: 0 });
    assert.deepEqual(countApplied([asked], [asked, warning('new')]), { goneCount: 0, leftCount: 2 });
  });

  it('are still there when as many say the same', () => {
    assert.deepEqual(judgeApplied([asked], [asked], [asked]), { kind: 'still', message: asked.message });
    assert.deepEqual(judgeApplied([asked, asked], [asked], [asked]), { kind: 'gone' });
    assert.equal(judgeApplied([asked, asked], [asked], [asked, asked]).kind, 'still');
    assert.equal(judgeApplied([asked, asked], [asked, asked], [asked]).kind, 'still');
  });

  it('are gone when only a hint at the same place stays', () => {
    const unused = hint('unused');
    assert.deepEqual(judgeApplied([asked, unused], [asked, unused], [unused]), { kind: 'gone' });
    assert.equal(judgeApplied([unused], [unused], [unused]).kind, 'still');
  });

  it('are new when an error or a warning is, the worst first; a hint is none', () => {
    assert.deepEqual(judgeApplied([asked], [asked], [hint('unused')]), { kind: 'gone' });
    assert.deepEqual(judgeApplied([asked], [asked], [warning('w'), error('e')]), {
      kind: 'new',
      message: 'e',
    });
  });
});

/** A clock that tests move. */
class Clock {
  private now = 0;
  private timers: { readonly at: number; readonly work: () => void }[] = [];

  readonly delay = (work: () => void, milliseconds: number): { dispose: () => void } => {
    const timer = { at: this.now + milliseconds, work };
    this.timers.push(timer);
    return { dispose: () => (this.timers = this.timers.filter((each) => each !== timer)) };
  };

  move(milliseconds: number): void {
    this.now += milliseconds;
    const due = this.timers.filter(({ at }) => at <= this.now);
    this.timers = this.timers.filter(({ at }) => at > this.now);
    for (const { work } of due) work();
  }
}

describe('the watch on an applied fix', () => {
  let clock: Clock;
  let told: (AppliedOutcome | undefined)[];
  let watch: AppliedWatch;
  beforeEach(() => {
    clock = new Clock();
    told = [];
    watch = new AppliedWatch(clock.delay, (outcome) => told.push(outcome));
  });

  it('tells good news as soon as it has lasted', () => {
    watch.report({ kind: 'gone' });
    clock.move(499);
    assert.deepEqual(told, []);
    clock.move(1);
    assert.deepEqual(told, [{ kind: 'gone' }]);
    clock.move(10_000);
    assert.equal(told.length, 1);
  });

  it('waits for the language server to catch up before it tells bad news, for three seconds', () => {
    watch.report({ kind: 'still', message: 'a' });
    clock.move(2999);
    assert.deepEqual(told, []);
    clock.move(1);
    assert.deepEqual(told, [{ kind: 'still', message: 'a' }]);
  });

  it('takes good news back when a later report is bad', () => {
    watch.report({ kind: 'gone' });
    clock.move(400);
    watch.report({ kind: 'new', message: 'b' });
    clock.move(2600);
    assert.deepEqual(told, [{ kind: 'new', message: 'b' }]);
  });

  it('says nothing where no tool reports, or when it is disposed', () => {
    clock.move(3000);
    assert.deepEqual(told, [undefined]);
    const other = new AppliedWatch(clock.delay, (outcome) => told.push(outcome));
    other.report({ kind: 'gone' });
    other.dispose();
    clock.move(3000);
    assert.equal(told.length, 1);
  });
});
