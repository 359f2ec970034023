import assert from 'node:assert/strict';
import {
  fitConversation,
  foldSystemMessage,
  normalizeConversation,
} from '../../../../src/engine/chat/conversation.js';
import type { ChatMessage } from '../../../../src/protocol/chat.js';

const user = (content: string): ChatMessage => ({ role: 'user', content });
const assistant = (content: string): ChatMessage => ({ role: 'assistant', content });
const system = (content: string): ChatMessage => ({ role: 'system', content });

describe('a normalized conversation', () => {
  it('has one system message, first', () => {
    assert.deepEqual(
      normalizeConversation([user('a'), system('s'), system(' t '), assistant('b'), user('c')]),
      [system('s\n\nt'), user('a'), assistant('b'), user('c')],
    );
  });

  it('joins unanswered questions', () => {
    assert.deepEqual(normalizeConversation([user('a'), user('b')]), [user('a\n\nb')]);
  });

  it('begins with a question', () => {
    assert.deepEqual(normalizeConversation([assistant('hello'), user('a')]), [user('a')]);
  });

  it('removes older thoughts, but not text about them', () => {
    const [, answer] = normalizeConversation([user('a'), assistant('<think>hm</think>\n\nb'), user('c')]);
    assert.equal(answer?.content, 'b');
    assert.equal(normalizeConversation([user('<think>hm</think>')])[0]?.content, '<think>hm</think>');
  });

  it('keeps the indentation of code that a question begins with', () => {
    assert.equal(normalizeConversation([user('\r\n    x = 1\r\n\r\n')])[0]?.content, '    x = 1');
  });

  it('can include the system text in its first question', () => {
    assert.deepEqual(foldSystemMessage([system('s'), user('a'), assistant('b')]), [
      user('s\n\na'),
      assistant('b'),
    ]);
    assert.deepEqual(foldSystemMessage([user('a')]), [user('a')]);
  });
});

describe('fitConversation', () => {
  /** One token a character, plus ten for each message. */
  const fit = (messages: readonly ChatMessage[], limit: number) =>
    fitConversation(
      messages,
      limit,
      (kept) =>
        Promise.resolve({
          kept,
          totalTokens: kept.reduce((n, { content }) => n + content.length + 10, 0),
        }),
      (text) => Promise.resolve(text.length),
    );
  /** Questions of 90 characters, each with an answer of the same length. */
  const talk = (turns: number): ChatMessage[] => [
    system('s'.repeat(90)),
    ...Array.from({ length: turns }, (_, index) => [
      user(String(index).padEnd(90, 'q')),
      assistant('a'.repeat(90)),
    ]).flat(),
    user('the last'.padEnd(90, '?')),
  ];

  it('keeps a conversation that fits', async () => {
    const { prompt, dropped } = await fit(talk(4), 1000);
    assert.equal(dropped, 0);
    assert.deepEqual(prompt.kept, talk(4));
  });

  it('drops the oldest questions with their answers, but not the system message or the last question', async () => {
    const { prompt, dropped } = await fit(talk(6), 1000);
    assert.ok(prompt.totalTokens <= 1000);
    assert.ok(dropped > 0 && dropped % 2 === 0);
    assert.equal(prompt.kept[0]?.role, 'system');
    assert.equal(prompt.kept[1]?.role, 'user');
    assert.match(prompt.kept.at(-1)?.content ?? '', /^the last/);
    assert.equal(prompt.kept.length + dropped, talk(6).length);
  });

  it('keeps the same beginning for several questions after it has outgrown the context', async () => {
    const fits = await Promise.all(Array.from({ length: 12 }, (_, more) => fit(talk(8 + more), 2000)));
    const firsts = fits.map(({ prompt }) => prompt.kept[1]?.content);
    const changes = firsts.filter((first, index) => index > 0 && first !== firsts[index - 1]).length;
    assert.ok(changes <= 5, `the beginning changed ${changes} times in 12 questions`);
    assert.ok(changes > 0);
  });

  it('returns a conversation that is still too long when nothing more can be dropped', async () => {
    const { prompt, dropped } = await fit([...talk(3).slice(0, -1), user('x'.repeat(5000))], 1000);
    assert.equal(dropped, 6);
    assert.ok(prompt.totalTokens > 5000);
  });

  it('tokenizes no message that lies far before what fits', async () => {
    let written = 0;
    const { dropped } = await fitConversation(
      talk(2000),
      1000,
      (kept) => {
        written += kept.length;
        return Promise.resolve({
          totalTokens: kept.reduce((n, { content }) => n + content.length + 10, 0),
        });
      },
      (text) => Promise.resolve(text.length),
    );
    assert.ok(dropped > 3980, `${dropped} dropped`);
    assert.ok(written < 1000, `${written} messages written`);
  });
});
