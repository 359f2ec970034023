import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { ProgressBatcher } from '../../../../src/engine/chat/chatService.js';
import type { ChatProgress } from '../../../../src/protocol/chat.js';

describe('ProgressBatcher', () => {
  let now = 0;
  const sent: ChatProgress[] = [];
  const pass = (ms: number): void => {
    now += ms;
    mock.timers.tick(ms);
  };
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    now = 0;
    sent.length = 0;
  });
  afterEach(() => mock.timers.reset());
  const batcher = (): ProgressBatcher =>
    new ProgressBatcher(
      (progress) => sent.push(progress),
      () => now,
    );
  const text = (value: string): { kind: 'text'; text: string } => ({ kind: 'text', text: value });

  it('sends the first piece at once, and combines those that follow closely', () => {
    const batch = batcher();
    batch.push(text('a'));
    assert.deepEqual(sent, []);
    pass(1);
    assert.deepEqual(sent, [text('a')]);
    for (const piece of ['b', 'c']) batch.push(text(piece));
    pass(40);
    assert.deepEqual(sent, [text('a'), text('bc')]);
  });

  it('sends at most thirty messages a second, without losing text', () => {
    const batch = batcher();
    for (let ms = 0; ms < 1000; ms++) {
      batch.push(text('x'));
      pass(1);
    }
    batch.flush();
    assert.ok(sent.length <= 31, `${sent.length} messages`);
    assert.equal(sent.map((piece) => (piece.kind === 'text' ? piece.text : '')).join(''), 'x'.repeat(1000));
  });

  it('keeps thoughts and text apart and in order', () => {
    const batch = batcher();
    batch.push({ kind: 'thinking', text: 'a' });
    batch.push({ kind: 'thinking', text: 'b' });
    batch.push(text('c'));
    batch.flush();
    assert.deepEqual(sent, [{ kind: 'thinking', text: 'ab' }, text('c')]);
  });

  it('leaves no timer after the last flush', () => {
    const batch = batcher();
    batch.push(text('a'));
    pass(1);
    batch.push(text('b'));
    batch.flush();
    pass(100);
    assert.deepEqual(sent, [text('a'), text('b')]);
  });
});
