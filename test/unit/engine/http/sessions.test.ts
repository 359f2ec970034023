import assert from 'node:assert/strict';
import { Sessions } from '../../../../src/engine/http/sessions.js';
import type { ChatMessage } from '../../../../src/protocol/chat.js';
import { Gate } from '../../support/gate.js';

const said = (content: string): ChatMessage => ({ role: 'user', content });

/** Adds a message to a session, and records the earlier ones. */
function say(
  sessions: Sessions,
  name: string,
  content: string,
  before?: () => Promise<void>,
  signal = new AbortController().signal,
): Promise<string[]> {
  return sessions.use(name, signal, async (messages) => {
    await before?.();
    return { messages: [...messages, said(content)], result: messages.map((message) => message.content) };
  });
}

describe('sessions', () => {
  it('continue independently of each other', async () => {
    const sessions = new Sessions();
    await say(sessions, 'a', 'one');
    assert.deepEqual(await say(sessions, 'b', 'other'), []);
    assert.deepEqual(await say(sessions, 'a', 'two'), ['one']);
    assert.deepEqual(await say(sessions, 'a', 'three'), ['one', 'two']);
  });

  it('answer one request after another', async () => {
    const sessions = new Sessions();
    const gate = new Gate();
    const first = say(sessions, 'a', 'one', gate.pass);
    const second = say(sessions, 'a', 'two');
    await gate.release();
    await first;
    assert.deepEqual(await second, ['one']);
  });

  it('are unchanged after a failed request', async () => {
    const sessions = new Sessions();
    await say(sessions, 'a', 'one');
    await assert.rejects(
      say(sessions, 'a', 'two', () => Promise.reject(new Error('gone'))),
      /gone/,
    );
    assert.deepEqual(await say(sessions, 'a', 'three'), ['one']);
  });

  it('expire after an hour without use, and when there are too many', async () => {
    let now = 0;
    const sessions = new Sessions(() => now);
    await say(sessions, 'a', 'one');
    now = 61 * 60_000;
    assert.deepEqual(await say(sessions, 'a', 'two'), []);
    for (let i = 0; i < 300; i++) await say(sessions, `s${i}`, 'x');
    assert.ok(sessions.size <= 256);
    assert.deepEqual(await say(sessions, 's299', 'y'), ['x']);
  });

  it('stop waiting for an earlier request when they are aborted, and keep the order of the others', async () => {
    const sessions = new Sessions();
    const gate = new Gate();
    const leaving = new AbortController();
    const first = say(sessions, 'a', 'one', gate.pass);
    const second = say(sessions, 'a', 'two', undefined, leaving.signal);
    const third = say(sessions, 'a', 'three');
    leaving.abort(new Error('too late'));
    await assert.rejects(second, /too late/);
    await gate.release();
    assert.deepEqual(await first, []);
    assert.deepEqual(await third, ['one']);
  });

  it('expire by time without any further request', async () => {
    let now = 0;
    const sessions = new Sessions(() => now);
    await say(sessions, 'a', 'one');
    now = 61 * 60_000;
    sessions.forgetOld();
    assert.equal(sessions.size, 0);
  });

  it('expire when all of them take too much memory, the one unused for longest first', async () => {
    const limits = { sessions: 10, messages: 10, sessionBytes: 5000, totalBytes: 10_000, idleMs: 1e9 };
    const sessions = new Sessions(() => 0, limits);
    for (const name of ['a', 'b', 'c', 'd']) await say(sessions, name, 'x'.repeat(2000));
    assert.ok(sessions.bytes <= 10_000, `${sessions.bytes} bytes`);
    assert.deepEqual((await say(sessions, 'd', 'more')).length, 1);
    assert.deepEqual(await say(sessions, 'a', 'again'), []);
  });

  it('lose their oldest messages, but not the system prompt, when one takes too much memory', async () => {
    const limits = { sessions: 10, messages: 10, sessionBytes: 5000, totalBytes: 1e6, idleMs: 1e9 };
    const sessions = new Sessions(() => 0, limits);
    await sessions.use('a', new AbortController().signal, () =>
      Promise.resolve({ messages: [{ role: 'system', content: 'Be brief.' }], result: undefined }),
    );
    for (const letter of ['a', 'b', 'c', 'd']) await say(sessions, 'a', letter.repeat(1000));
    const kept = await say(sessions, 'a', 'end');
    assert.deepEqual(
      kept.map((text) => text.slice(0, 2)),
      ['Be', 'cc', 'dd'],
    );
    assert.ok(sessions.bytes <= 5000);
  });

  it('stay while a request of theirs is answered', async () => {
    const limits = { sessions: 1, messages: 10, sessionBytes: 5000, totalBytes: 1e6, idleMs: 0 };
    let now = 0;
    const sessions = new Sessions(() => now, limits);
    const gate = new Gate();
    const first = say(sessions, 'a', 'one', gate.pass);
    now = 10;
    await say(sessions, 'b', 'other');
    const second = say(sessions, 'a', 'two');
    await gate.release();
    await first;
    assert.deepEqual(await second, ['one']);
  });
});
