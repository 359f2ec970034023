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
): Promise<string[]> {
  return sessions.use(name, async (messages) => {
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
});
