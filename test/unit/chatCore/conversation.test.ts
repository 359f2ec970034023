import assert from 'node:assert/strict';
import {
  afterEvent,
  conversationTitle,
  emptyConversation,
  modelMessages,
  type Conversation,
  type ConversationEvent,
  type FinishedAnswer,
} from '../../../src/chatCore/conversation.js';
import type { ChatAttachment, UserTurn } from '../../../src/protocol/chatTurn.js';

const ANSWER: FinishedAnswer = {
  text: 'Yes, it is.',
  state: 'done',
  stats: { model: 'm', tokensPerSecond: 30, droppedMessages: 2 },
};
const ATTACHMENT: ChatAttachment = { id: 'x', label: 'a.ts:1-2', languageId: 'typescript', code: 'let a;\n' };

const question = (text: string, attachments: readonly ChatAttachment[] = []): UserTurn => ({
  role: 'user',
  id: `q-${text}`,
  text,
  attachments,
});
const asked = (text: string): ConversationEvent => ({
  kind: 'asked',
  question: question(text),
  turn: `a-${text}`,
});
const received = (text: string, part: 'text' | 'thinking' = 'text'): ConversationEvent => ({
  kind: 'received',
  turn: 'a-one',
  part,
  text,
});

function after(...events: readonly ConversationEvent[]): Conversation {
  return events.reduce((state, event) => afterEvent(state, event, 7), emptyConversation('c', 1));
}

describe('a conversation', () => {
  it('collects thoughts and text of the streaming answer', () => {
    const { turns, updatedAt, createdAt } = after(
      asked('one'),
      received('Hm', 'thinking'),
      received('Ye'),
      received('s'),
    );
    assert.deepEqual(turns.at(-1), {
      role: 'assistant',
      id: 'a-one',
      text: 'Yes',
      thinking: 'Hm',
      state: 'streaming',
    });
    assert.deepEqual([createdAt, updatedAt], [1, 7]);
  });

  it('takes the final text and statistics', () => {
    const answer = after(asked('one'), received('Ye'), { kind: 'finished', turn: 'a-one', answer: ANSWER })
      .turns[1];
    assert.ok(answer?.role === 'assistant');
    assert.equal(answer.text, 'Yes, it is.');
    assert.equal(answer.state, 'done');
    assert.deepEqual(answer.stats, { model: 'm', tokensPerSecond: 30, droppedMessages: 2 });
  });

  it('keeps the text so far when it is stopped, or when the engine dies', () => {
    const failure = { message: 'Gone.', actions: [] };
    const stopped = after(asked('one'), received('Ye'), { kind: 'stopped', turn: 'a-one' }).turns[1];
    const interrupted = after(asked('one'), received('Ye'), { kind: 'failed', turn: 'a-one', failure })
      .turns[1];
    assert.deepEqual(stopped?.role === 'assistant' && [stopped.text, stopped.state], ['Ye', 'stopped']);
    assert.deepEqual(
      interrupted?.role === 'assistant' && [interrupted.text, interrupted.state, interrupted.failure],
      ['Ye', 'interrupted', failure],
    );
  });

  it('has failed, not been interrupted, when no text had arrived', () => {
    const failure = { message: 'No model.', actions: ['Download'] };
    const answer = after(asked('one'), { kind: 'failed', turn: 'a-one', failure }).turns[1];
    assert.equal(answer?.role === 'assistant' && answer.state, 'failed');
  });

  it('restarts an answer when it is retried', () => {
    const failure = { message: 'Gone.', actions: [] };
    const events: ConversationEvent[] = [
      asked('one'),
      received('Ye'),
      { kind: 'failed', turn: 'a-one', failure },
    ];
    assert.deepEqual(
      after(...events, { kind: 'retried', turn: 'a-one' }).turns[1],
      after(asked('one')).turns[1],
    );
  });

  it('ignores late events, and events for an unknown answer', () => {
    const done = after(asked('one'), { kind: 'finished', turn: 'a-one', answer: ANSWER });
    const late = afterEvent(done, received('more'), 9);
    assert.deepEqual(late.turns, done.turns);
    assert.equal(afterEvent(done, { kind: 'stopped', turn: 'other' }, 9), done);
  });

  it('is named by its first question', () => {
    assert.equal(conversationTitle(after(asked('  How?  \nAnd why?')).turns), 'How?');
    assert.equal(conversationTitle([question('', [ATTACHMENT])]), 'a.ts:1-2');
    assert.equal(conversationTitle([]), '');
    const long = conversationTitle([question('好'.repeat(100))]);
    assert.equal(long, `${'好'.repeat(60)}…`);
  });
});

describe('the messages for the model', () => {
  it('are all before the answer', () => {
    const turns = after(
      asked('one'),
      received('Yes.'),
      { kind: 'stopped', turn: 'a-one' },
      asked('two'),
    ).turns;
    assert.deepEqual(modelMessages(turns, 'a-two'), [
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'Yes.' },
      { role: 'user', content: 'two' },
    ]);
    assert.deepEqual(modelMessages(turns, 'a-one'), [{ role: 'user', content: 'one' }]);
  });

  it('omit answers without text', () => {
    const turns = after(asked('one'), { kind: 'stopped', turn: 'a-one' }, asked('two')).turns;
    assert.deepEqual(
      modelMessages(turns, 'a-two').map(({ content }) => content),
      ['one', 'two'],
    );
  });

  it('have attached code in a block with its location, before the question', () => {
    const [message] = modelMessages([question('Why?', [ATTACHMENT])], '');
    assert.equal(message?.content, 'a.ts:1-2\n```typescript\nlet a;\n```\n\nWhy?');
  });

  it('fence code that contains fences', () => {
    const code = 'Use\n````md\n```ts\n```\n````';
    const [message] = modelMessages([question('Why?', [{ ...ATTACHMENT, code }])], '');
    assert.ok(message?.content.includes(`\`\`\`\`\`typescript\n${code}\n\`\`\`\`\`\n`));
  });
});
