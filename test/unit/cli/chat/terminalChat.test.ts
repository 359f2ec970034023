import assert from 'node:assert/strict';
import type { AnswerOptions } from '../../../../src/cli/chat/question.js';
import { TerminalChat } from '../../../../src/cli/chat/terminalChat.js';
import { EngineError, EngineErrorCode } from '../../../../src/protocol/errors.js';
import { FakeTerminal } from '../support/fakeTerminal.js';
import { says, ScriptedChat, type ScriptedAnswer } from './scriptedChat.js';

class Session {
  readonly terminal: FakeTerminal;
  readonly chat: ScriptedChat;
  readonly controller = new AbortController();

  constructor(lines: string[], answers: ScriptedAnswer[]) {
    this.terminal = new FakeTerminal(false, lines);
    this.chat = new ScriptedChat(answers);
  }

  run(options: AnswerOptions = {}): Promise<void> {
    const { terminal, chat } = this;
    return new TerminalChat({ terminal, chat, signal: this.controller.signal }, options).run();
  }

  /** The messages of the last request. */
  get last(): string {
    return (this.chat.requests.at(-1)?.messages ?? [])
      .map(({ role, content }) => `${role}: ${content}`)
      .join(' | ');
  }
}

const tooLong = new EngineError(EngineErrorCode.promptTooLong, {
  kind: 'promptTooLong',
  promptTokens: 9000,
  contextTokens: 8192,
});

describe('a terminal chat', () => {
  it('sends the whole conversation to the model', async () => {
    const session = new Session(['My name is Ada.', 'Who am I?'], [says('Hello.'), says('Ada.')]);
    await session.run();
    assert.equal(session.last, 'user: My name is Ada. | assistant: Hello. | user: Who am I?');
    assert.equal(session.terminal.results, 'Hello.\nAda.\n');
  });

  it('clears the conversation with /clear, but keeps its options', async () => {
    const session = new Session(['One', '/clear', 'Two'], [says('1'), says('2')]);
    await session.run({ system: 'Count.' });
    assert.equal(session.last, 'system: Count. | user: Two');
  });

  it('ends with /exit and at the end of input', async () => {
    const session = new Session(['/exit', 'Never asked'], []);
    await session.run();
    await new Session([], []).run();
    assert.equal(session.chat.requests.length, 0);
  });

  it('ignores an empty line, and shows help for an unknown command', async () => {
    const session = new Session(['  ', '/what'], []);
    await session.run();
    assert.equal(session.chat.requests.length, 0);
    assert.equal(session.terminal.notes.split('/clear starts over').length - 1, 2);
  });

  it('accepts a question of several lines', async () => {
    const session = new Session(['one\\', 'two'], [says('Yes.')]);
    await session.run();
    assert.equal(session.last, 'user: one\ntwo');
    assert.deepEqual(session.terminal.questions.slice(0, 2), ['> ', '. ']);
  });

  it('stops an answer with Ctrl+C, keeps the partial answer, and continues', async () => {
    const stopped: ScriptedAnswer = {
      ...says('Once upon'),
      then: () => assert.equal(session.terminal.interrupt(), true),
    };
    const session = new Session(['A story', 'Go on'], [stopped, says('a time.')]);
    await session.run();
    assert.equal(session.last, 'user: A story | assistant: Once upon | user: Go on');
    assert.match(session.terminal.notes, /Stopped\./);
  });

  it('ends on a second Ctrl+C, or on one at the prompt', async () => {
    const taken: boolean[] = [];
    const press = (): void => void taken.push(session.terminal.interrupt());
    const session = new Session(
      ['A story'],
      [{ ...says('Once'), then: () => [press, press].forEach((again) => again()) }],
    );
    await session.run();
    press();
    assert.deepEqual(taken, [true, false, false]);
  });

  it('ends with the signal’s reason when the command ends', async () => {
    const session = new Session(
      ['A story'],
      [{ pieces: [], then: () => session.controller.abort(new Error('ended')) }],
    );
    await assert.rejects(session.run(), /ended/);
  });

  it('continues after a question that is too long, and shows both token counts', async () => {
    const session = new Session(['long', 'short'], [{ pieces: [], error: tooLong }, says('Yes.')]);
    await session.run();
    assert.match(session.terminal.notes, /9000 tokens.*8192/);
    assert.equal(session.last, 'user: short');
  });

  it('ends on an error that allows no further answer', async () => {
    const noModel = new EngineError(EngineErrorCode.noModel, { kind: 'noModel', role: 'chat' });
    await assert.rejects(new Session(['Hello'], [{ pieces: [], error: noModel }]).run(), noModel);
  });

  it('reports how many messages were dropped', async () => {
    const session = new Session(['Hello'], [{ ...says('Hi.'), result: { droppedMessages: 4 } }]);
    await session.run();
    assert.match(session.terminal.notes, /no longer sees the 4 oldest messages/);
  });
});
