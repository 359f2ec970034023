import assert from 'node:assert/strict';
import {
  ChatSession,
  type AnswerOutcome,
  type AnswerProgress,
  type Answers,
} from '../../../src/chatCore/chatSession.js';
import { isChatViewMessage } from '../../../src/chatCore/chatSchemas.js';
import type { Conversation } from '../../../src/chatCore/conversation.js';
import type { ChatMessage } from '../../../src/protocol/chat.js';
import type { AssistantTurn } from '../../../src/protocol/chatTurn.js';
import type { ChatViewMessage } from '../../../src/protocol/chatView.js';

interface Step {
  readonly title: string;
  readonly command: string;
}

const finished = (text: string): AnswerOutcome<Step> => ({
  kind: 'finished',
  answer: { text, state: 'done', stats: { model: 'm', tokensPerSecond: 9, droppedMessages: 0 } },
});

interface Request {
  readonly messages: readonly ChatMessage[];
  readonly signal: AbortSignal;
  readonly progress: (progress: AnswerProgress) => void;
  readonly end: (outcome: AnswerOutcome<Step>) => void;
}

/** A chat with answers controlled by the test. */
class Talk implements Answers<Step> {
  readonly requests: Request[] = [];
  readonly shown: ChatViewMessage[] = [];
  readonly answering: boolean[] = [];
  saved: Conversation | undefined;
  readonly urgent: boolean[] = [];
  readonly failures: (readonly Step[])[] = [];
  readonly session = new ChatSession<Step>({
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
    onDidFail: (actions) => this.failures.push(actions),
  });

  answer(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    progress: (progress: AnswerProgress) => void,
  ): Promise<AnswerOutcome<Step>> {
    return new Promise((end) => this.requests.push({ messages, signal, progress, end }));
  }

  get last(): Request {
    const request = this.requests.at(-1);
    assert.ok(request);
    return request;
  }

  get answerTurn(): AssistantTurn {
    const turn = this.session.conversation.turns.at(-1);
    assert.ok(turn?.role === 'assistant');
    return turn;
  }
}

describe('ChatSession', () => {
  let talk: Talk;
  beforeEach(() => (talk = new Talk()));

  it('sends the whole conversation, shows and saves the answer', async () => {
    const first = talk.session.ask('One?');
    talk.last.end(finished('Yes.'));
    await first;
    const second = talk.session.ask('Two?');
    assert.deepEqual(
      talk.last.messages.map(({ content }) => content),
      ['One?', 'Yes.', 'Two?'],
    );
    talk.last.progress({ kind: 'reading', done: 1, total: 2 });
    talk.last.progress({ kind: 'text', text: 'No' });
    talk.last.end(finished('No.'));
    await second;
    const kinds = talk.shown.slice(-5).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['turn', 'turn', 'reading', 'delta', 'turn']);
    assert.equal(talk.answerTurn.text, 'No.');
    assert.deepEqual(talk.saved, talk.session.conversation);
    assert.deepEqual(talk.answering, [true, false, true, false]);
  });

  it('saves a question urgently, but not pieces of an answer', () => {
    void talk.session.ask('One?');
    talk.last.progress({ kind: 'text', text: 'Y' });
    assert.deepEqual(talk.urgent, [true, false]);
  });

  it('stops at once, keeps the text so far, and ignores late results', async () => {
    const asked = talk.session.ask('One?');
    const request = talk.last;
    request.progress({ kind: 'text', text: 'Ye' });
    talk.session.stop();
    assert.equal(request.signal.aborted, true);
    assert.equal(talk.session.isAnswering, false);
    request.progress({ kind: 'text', text: 's, late' });
    request.end(finished('Yes, late.'));
    await asked;
    assert.deepEqual([talk.answerTurn.text, talk.answerTurn.state], ['Ye', 'stopped']);
  });

  it('marks an answer as interrupted when the engine dies, and retries it on request', async () => {
    const asked = talk.session.ask('One?');
    talk.last.progress({ kind: 'text', text: 'Ye' });
    const actions = [{ title: 'Restart', command: 'youtu.engine.restart' }];
    talk.last.end({ kind: 'failed', failure: { message: 'The engine stopped.', actions } });
    await asked;
    const { id, text, state, failure } = talk.answerTurn;
    assert.deepEqual([text, state], ['Ye', 'interrupted']);
    assert.deepEqual(failure, { message: 'The engine stopped.', actions: ['Restart'] });
    assert.equal(talk.session.actionOf(id, 0)?.command, 'youtu.engine.restart');
    assert.deepEqual(talk.failures, [actions]);

    const again = talk.session.retry(id);
    assert.deepEqual(
      talk.last.messages.map(({ content }) => content),
      ['One?'],
    );
    assert.equal(talk.session.actionOf(id, 0), undefined);
    talk.last.end(finished('Yes.'));
    await again;
    assert.deepEqual([talk.answerTurn.text, talk.answerTurn.state], ['Yes.', 'done']);
  });

  it('keeps the streamed text of a source that does not resend it at the end', async () => {
    const asked = talk.session.ask('One?');
    talk.last.progress({ kind: 'text', text: 'Yes.' });
    const stats = { model: 'm', tokensPerSecond: 9, droppedMessages: 0 };
    talk.last.end({ kind: 'finished', answer: { state: 'length', stats } });
    await asked;
    assert.deepEqual([talk.answerTurn.text, talk.answerTurn.state], ['Yes.', 'length']);
  });

  it('retries only the last answer', async () => {
    void talk.session.ask('One?');
    const { id } = talk.answerTurn;
    void talk.session.ask('Two?');
    await talk.session.retry(id);
    assert.equal(talk.requests.length, 2);
  });

  it('stops the running answer when another question is asked', () => {
    void talk.session.ask('One?');
    const [first] = talk.requests;
    void talk.session.ask('Two?');
    assert.equal(first?.signal.aborted, true);
    assert.equal(talk.session.isAnswering, true);
    assert.deepEqual(talk.answering, [true, false, true]);
  });

  it('opens another conversation without mixing the two', async () => {
    const asked = talk.session.ask('One?');
    const request = talk.last;
    const before = talk.session.open();
    assert.equal(before.turns.length, 2);
    assert.deepEqual(talk.session.conversation.turns, []);
    request.progress({ kind: 'text', text: 'late' });
    request.end(finished('late'));
    await asked;
    assert.deepEqual(talk.session.conversation.turns, []);
    assert.equal(talk.saved?.id, before.id);
    talk.session.open(before);
    assert.equal(talk.answerTurn.state, 'stopped');
  });

  it('finds attached code by its id', () => {
    const attachment = { id: 'x', label: 'a.ts:1', languageId: 'ts', code: 'a' };
    void talk.session.ask('One?', [attachment]);
    assert.equal(talk.session.attachment('x'), attachment);
    assert.equal(talk.session.attachment('y'), undefined);
  });
});
