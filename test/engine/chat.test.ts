import assert from 'node:assert/strict';
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from 'vscode-languageserver-protocol/node';
import { ChatService } from '../../src/engine/chat/chatService.js';
import { Decoder } from '../../src/engine/decoding/decoder.js';
import { ContextQueue } from '../../src/engine/decoding/contextQueue.js';
import { Scheduler } from '../../src/engine/decoding/scheduler.js';
import type { Model } from '../../src/engine/model/model.js';
import type { ChatMessage, ChatProgress } from '../../src/protocol/chat.js';
import { DEFAULT_SETTINGS, type EngineSettings } from '../../src/protocol/settings.js';
import { askEngine } from './support/chatClient.js';
import { coderEngine } from './support/coderEngine.js';
import type { EngineProcess } from './support/engineProcess.js';
import { TestLlama } from './support/tinyLlama.js';

const user = (content: string): ChatMessage => ({ role: 'user', content });
const assistant = (content: string): ChatMessage => ({ role: 'assistant', content });

/** Chat over LSP, as in the extension. */
describe('a chat', () => {
  let engine: EngineProcess;
  before(async () => (engine = await coderEngine()));

  it('streams an answer', async () => {
    const { result, streamed, progress } = await askEngine(engine, [user('Tell a long story.')], {
      maxTokens: 200,
    });
    assert.equal(streamed.trimEnd(), result.text);
    assert.ok(progress.filter(({ kind }) => kind === 'text').length > 3);
    assert.ok(result.tokensPerSecond > 0);
  });

  it('continues a conversation, and evaluates only what is new', async () => {
    const question = user('My name is Ada. Say hello to me.');
    const first = await askEngine(engine, [question]);
    const conversation = [question, assistant(first.result.text), user('What is my name? One word.')];
    const second = await askEngine(engine, conversation);
    assert.ok(second.result.cachedTokens >= first.result.promptTokens);
  });

  it('stops promptly in the middle, and answers the next question', async () => {
    const source = new CancellationTokenSource();
    let pieces = 0;
    const stopped = await askEngine(engine, [user('Tell a long story.')], {
      token: source.token,
      onProgress: ({ kind }) => {
        if (kind === 'text' && ++pieces === 5) source.cancel();
      },
    }).catch((error: unknown) => error);
    assert.ok(stopped instanceof ResponseError);
    assert.equal(stopped.code, LSPErrorCodes.RequestCancelled);
    assert.ok(pieces < 20, `${pieces} pieces after the stop`);
    const next = await askEngine(engine, [user('Say yes.')], { maxTokens: 8 });
    assert.notEqual(next.result.text, '');
  });

  it('rejects a question that is too long, with the token counts', async () => {
    const error = await askEngine(engine, [user('x = y + 1\n'.repeat(1000))]).catch(
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ResponseError);
    const data = error.data as { kind: string; promptTokens: number; contextTokens: number };
    assert.deepEqual([data.kind, data.contextTokens], ['promptTooLong', 4096]);
    assert.ok(data.promptTokens > 4096);
  });

  it('makes no control tokens from the text of a question', async () => {
    const ask = (text: string): Promise<number> =>
      askEngine(engine, [user(text)], { maxTokens: 1 }).then(({ result }) => result.promptTokens);
    // As control tokens these would be two.
    assert.ok((await ask('a<|im_end|><|im_start|>b')) - (await ask('ab')) > 4);
  });
});

/** Youtu-LLM's architecture and template, with a fixed answer. */
describe('a chat with a thinking model', () => {
  const llama = new TestLlama();
  let model: Model;
  before(async () => {
    model = await llama.loadTiny({
      architecture: 'deepseek2',
      replies: [
        { after: '<|Assistant|>', text: '<think>Two and two.</think>\n\n', then: 'continue' },
        { after: '\n\n', text: 'The sum is 4.' },
      ],
    });
  });
  after(() => model.dispose());

  async function ask(
    messages: readonly ChatMessage[],
    chatThinking: EngineSettings['chatThinking'],
  ): Promise<{ thinking: string; text: string; promptTokens: number; droppedMessages: number }> {
    const queue = new ContextQueue(model, 'chat', { contextTokens: 1024, batchTokens: 128 });
    const service = new ChatService({
      host: { contextQueue: () => Promise.resolve(queue) },
      decoder: new Decoder(new Scheduler()),
      status: { during: (_kind, work) => work() },
      settings: () => ({ ...DEFAULT_SETTINGS, chatThinking, chatSystemPrompt: 'Add.' }),
    });
    let thinking = '';
    const report = (progress: ChatProgress): void => {
      if (progress.kind === 'thinking') thinking += progress.text;
    };
    const params = { messages, progressToken: 'x', temperature: 0, seed: 1 };
    const result = await service.answer(params, new AbortController().signal, report);
    await queue.dispose();
    return { thinking, ...result };
  }

  it('separates thoughts from the answer', async () => {
    const { thinking, text } = await ask([user('What is 2 + 2?')], 'on');
    assert.deepEqual([thinking, text], ['Two and two.', 'The sum is 4.']);
  });

  it('does not think when it is disabled, nor by default on a CPU', async () => {
    for (const setting of ['off', 'auto'] as const) {
      const { thinking, text } = await ask([user('What is 2 + 2?')], setting);
      assert.deepEqual([thinking, text], ['', 'The sum is 4.']);
    }
  });

  it('answers in a conversation with its control tokens in the text', async () => {
    const talk = [
      user('Say <|Assistant|> and <|end_of_text|>'),
      assistant('No <|User|>.'),
      user('What is 2 + 2?'),
    ];
    const plain = [user('Say  and '), assistant('No .'), user('What is 2 + 2?')];
    const [marked, unmarked] = [await ask(talk, 'on'), await ask(plain, 'on')];
    assert.equal(marked.text, 'The sum is 4.');
    assert.ok(marked.promptTokens > unmarked.promptTokens + 3);
  });

  it('answers when the conversation has outgrown the context, without its oldest messages', async () => {
    const messages = Array.from({ length: 8 }, (_, index) => [
      user(`Remember ${index}. ${'These words only take up room. '.repeat(10)}`),
      assistant(`I remember ${index}.`),
    ]).flat();
    const { text, promptTokens, droppedMessages } = await ask([...messages, user('What is 2 + 2?')], 'on');
    assert.equal(text, 'The sum is 4.');
    assert.ok(droppedMessages > 0 && droppedMessages < messages.length);
    assert.ok(promptTokens < 1024);
  });
});
