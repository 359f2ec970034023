import assert from 'node:assert/strict';
import type { AnswerOutcome, Answers } from '../../../../src/extension/chat/answers.js';
import { ChatController } from '../../../../src/extension/chat/chatController.js';
import type { Conversation } from '../../../../src/protocol/keptConversation.js';
import type { ChatMessage, ChatProgress, ChatResult } from '../../../../src/protocol/chat.js';
import type { AssistantTurn } from '../../../../src/protocol/chatTurn.js';
import { isChatViewMessage, type ChatViewMessage } from '../../../../src/protocol/chatView.js';

const result = (text: string): ChatResult => ({
  finish: 'stop',
  text,
  promptTokens: 1,
  cachedTokens: 0,
  completionTokens: 1,
  tokensPerSecond: 9,
  droppedMessages: 0,
  model: 'm',
});

interface Request {
  readonly messages: readonly ChatMessage[];
  readonly signal: AbortSignal;
  readonly progress: (progress: ChatProgress) => void;
  readonly end: (outcome: AnswerOutcome) => void;
}

/** A chat whose answers a test gives itself. */
class Talk implements Answers {
  readonly requests: Request[] = [];
  readonly shown: ChatViewMessage[] = [];
  readonly answering: boolean[] = [];
  saved: Conversation | undefined;
  readonly urgent: boolean[] = [];
  readonly controller = new ChatController({
    answers: this,
    save: (conversation, isUrgent) => {
      this.saved = conversation;
      this.urgent.push(isUrgent);
    },
    show: (message) => {
      assert.ok(isChatViewMessage(message), JSON.stringify(message));
      this.shown.push(message);
    },
    onDidChangeAnswering: (isAnswering) => this.answering.push(isAnswering),
  });

  answer(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    progress: (progress: ChatProgress) => void,
  ): Promise<AnswerOutcome> {
    return new Promise((end) => this.requests.push({ messages, signal, progress, end }));
  }

  get last(): Request {
    const request = this.requests.at(-1);
    assert.ok(request);
    return request;
  }

  get answerTurn(): AssistantTurn {
    const turn = this.controller.conversation.turns.at(-1);
    assert.ok(turn?.role === 'assistant');
    return turn;
  }
}

describe('ChatController', () => {
  let talk: Talk;
  beforeEach(() => (talk = new Talk()));

  it('asks with the whole conversation, shows what comes, and keeps it', async () => {
    const first = talk.controller.ask('One?');
    talk.last.end({ kind: 'finished', result: result('Yes.') });
    await first;
    const second = talk.controller.ask('Two?');
    assert.deepEqual(
      talk.last.messages.map(({ content }) => content),
      ['One?', 'Yes.', 'Two?'],
    );
    talk.last.progress({ kind: 'prefill', done: 1, total: 2 });
    talk.last.progress({ kind: 'text', text: 'No' });
    talk.last.end({ kind: 'finished', result: result('No.') });
    await second;
    const kinds = talk.shown.slice(-5).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['turn', 'turn', 'reading', 'delta', 'turn']);
    assert.equal(talk.answerTurn.text, 'No.');
    assert.deepEqual(talk.saved, talk.controller.conversation);
    assert.deepEqual(talk.answering, [true, false, true, false]);
  });

  it('saves a question at once, pieces of an answer when there is time', () => {
    void talk.controller.ask('One?');
    talk.last.progress({ kind: 'text', text: 'Y' });
    assert.deepEqual(talk.urgent, [true, false]);
  });

  it('stops at once, keeps what has come, and lets nothing late in', async () => {
    const asked = talk.controller.ask('One?');
    const request = talk.last;
    request.progress({ kind: 'text', text: 'Ye' });
    talk.controller.stop();
    assert.equal(request.signal.aborted, true);
    assert.equal(talk.controller.isAnswering, false);
    request.progress({ kind: 'text', text: 's, late' });
    request.end({ kind: 'finished', result: result('Yes, late.') });
    await asked;
    assert.deepEqual([talk.answerTurn.text, talk.answerTurn.state], ['Ye', 'stopped']);
  });

  it('marks an answer as interrupted when the engine dies, and makes it again on request', async () => {
    const asked = talk.controller.ask('One?');
    talk.last.progress({ kind: 'text', text: 'Ye' });
    const actions = [{ title: 'Restart', command: 'youtu.engine.restart', arguments: [] }];
    talk.last.end({ kind: 'failed', failure: { message: 'The engine stopped.', actions } });
    await asked;
    const { id, text, state, failure } = talk.answerTurn;
    assert.deepEqual([text, state], ['Ye', 'interrupted']);
    assert.deepEqual(failure, { message: 'The engine stopped.', actions: ['Restart'] });
    assert.equal(talk.controller.actionOf(id, 0)?.command, 'youtu.engine.restart');

    const again = talk.controller.retry(id);
    assert.deepEqual(
      talk.last.messages.map(({ content }) => content),
      ['One?'],
    );
    assert.equal(talk.controller.actionOf(id, 0), undefined);
    talk.last.end({ kind: 'finished', result: result('Yes.') });
    await again;
    assert.deepEqual([talk.answerTurn.text, talk.answerTurn.state], ['Yes.', 'done']);
  });

  it('makes only the last answer again', async () => {
    void talk.controller.ask('One?');
    const { id } = talk.answerTurn;
    void talk.controller.ask('Two?');
    await talk.controller.retry(id);
    assert.equal(talk.requests.length, 2);
  });

  it('stops the answer that is coming when something else is asked', () => {
    void talk.controller.ask('One?');
    const [first] = talk.requests;
    void talk.controller.ask('Two?');
    assert.equal(first?.signal.aborted, true);
    assert.equal(talk.controller.isAnswering, true);
    assert.deepEqual(talk.answering, [true, false, true]);
  });

  it('goes on with another conversation without mixing the two', async () => {
    const asked = talk.controller.ask('One?');
    const request = talk.last;
    const before = talk.controller.open();
    assert.equal(before.turns.length, 2);
    assert.deepEqual(talk.controller.conversation.turns, []);
    request.progress({ kind: 'text', text: 'late' });
    request.end({ kind: 'finished', result: result('late') });
    await asked;
    assert.deepEqual(talk.controller.conversation.turns, []);
    assert.equal(talk.saved?.id, before.id);
    talk.controller.open(before);
    assert.equal(talk.answerTurn.state, 'stopped');
  });

  it('finds the place of code that was asked about', () => {
    const attachment = { id: 'x', label: 'a.ts:1', languageId: 'ts', code: 'a' };
    void talk.controller.ask('One?', [attachment]);
    assert.equal(talk.controller.attachment('x'), attachment);
    assert.equal(talk.controller.attachment('y'), undefined);
  });
});
