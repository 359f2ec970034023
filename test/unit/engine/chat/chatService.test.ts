import assert from 'node:assert/strict';
import { chatSampling } from '../../../../src/engine/chat/chatSampling.js';
import { ChatService } from '../../../../src/engine/chat/chatService.js';
import { Decoder } from '../../../../src/engine/decoding/decoder.js';
import { ContextQueue } from '../../../../src/engine/decoding/contextQueue.js';
import { Scheduler } from '../../../../src/engine/decoding/scheduler.js';
import type { ChatMessage, ChatProgress, ChatResult } from '../../../../src/protocol/chat.js';
import { EngineError } from '../../../../src/protocol/errors.js';
import { DEFAULT_SETTINGS, type EngineSettings } from '../../../../src/protocol/settings.js';
import { ScriptedModel, type Script } from '../../support/scriptedModel.js';

const TEMPLATE = `{%- for message in messages -%}{{- message.role + ':' + message.content + '<|end|>' -}}{%- endfor -%}
{%- if enable_thinking -%}{{- 'think' -}}{%- endif -%}{{- 'assistant:' -}}`;

interface Options {
  readonly contextTokens?: number;
  readonly settings?: Partial<EngineSettings>;
  readonly signal?: AbortSignal;
  readonly maxTokens?: number;
  readonly onProgress?: (progress: ChatProgress) => void;
}

class Chat {
  readonly progress: ChatProgress[] = [];
  readonly prompts: string[] = [];
  readonly model: ScriptedModel;
  private readonly queue: ContextQueue;

  constructor(
    script: Partial<Script>,
    private readonly options: Options = {},
  ) {
    const answer = script.answer ?? (() => 'Yes.');
    this.model = new ScriptedModel({
      chatTemplate: TEMPLATE,
      ...script,
      answer: (prompt) => {
        this.prompts.push(prompt);
        return answer(prompt);
      },
    });
    this.queue = new ContextQueue(this.model, 'chat', {
      contextTokens: options.contextTokens ?? 4096,
      batchTokens: 64,
    });
  }

  ask(messages: readonly ChatMessage[], more: Options = {}): Promise<ChatResult> {
    const {
      settings,
      signal = new AbortController().signal,
      maxTokens,
      onProgress,
    } = { ...this.options, ...more };
    const service = new ChatService({
      host: { contextQueue: () => Promise.resolve(this.queue) },
      decoder: new Decoder(new Scheduler()),
      status: { during: (_kind, work) => work() },
      settings: () => ({ ...DEFAULT_SETTINGS, ...settings }),
    });
    return service.answer(
      { messages, progressToken: 'x', ...(maxTokens === undefined ? {} : { maxTokens }) },
      signal,
      (progress) => {
        this.progress.push(progress);
        onProgress?.(progress);
      },
    );
  }

  said(kind: 'text' | 'thinking'): string {
    return this.progress.map((piece) => (piece.kind === kind ? piece.text : '')).join('');
  }
}

const HELLO: readonly ChatMessage[] = [{ role: 'user', content: 'Hello?' }];

describe('ChatService', () => {
  it('streams the answer, and returns it with its stats', async () => {
    const chat = new Chat({ answer: () => '你好, world. ' });
    const result = await chat.ask(HELLO);
    assert.equal(chat.said('text'), '你好, world. ');
    assert.equal(result.text, '你好, world.');
    assert.equal(result.finish, 'stop');
    assert.equal(result.model, 'scripted');
    assert.equal(result.completionTokens, Buffer.byteLength('你好, world. '));
    assert.equal(result.droppedMessages, 0);
  });

  it('begins with the default system prompt, the user’s, or that of the conversation', async () => {
    const chat = new Chat({});
    await chat.ask(HELLO);
    assert.match(
      chat.prompts[0] ?? '',
      /^system:You are Youtu Code.*language of the question.*<\|end\|>user:Hello\?/,
    );
    await chat.ask(HELLO, { settings: { chatSystemPrompt: ' Speak like a pirate. ' } });
    assert.match(chat.prompts[1] ?? '', /^system:Speak like a pirate\.<\|end\|>/);
    await chat.ask([{ role: 'system', content: 'Mine.' }, ...HELLO]);
    assert.match(chat.prompts[2] ?? '', /^system:Mine\.<\|end\|>/);
  });

  it('evaluates only what is new in the next question', async () => {
    const chat = new Chat({});
    const first = await chat.ask(HELLO);
    const second = await chat.ask([
      ...HELLO,
      { role: 'assistant', content: first.text },
      { role: 'user', content: 'And?' },
    ]);
    assert.equal(first.cachedTokens, 0);
    assert.ok(
      second.cachedTokens >= first.promptTokens - 1,
      `${second.cachedTokens} of ${first.promptTokens}`,
    );
  });

  it('reports thoughts separately from the answer', async () => {
    const chat = new Chat({ answer: () => '<think>\nHm.\n</think>\n\nYes.' });
    const result = await chat.ask(HELLO, { settings: { chatThinking: 'on' } });
    assert.equal(chat.said('thinking'), 'Hm.');
    assert.equal(chat.said('text'), 'Yes.');
    assert.equal(result.text, 'Yes.');
    assert.match(chat.prompts[0] ?? '', /thinkassistant:$/);
  });

  it('does not think on a CPU unless the user enables it', async () => {
    const chat = new Chat({});
    await chat.ask(HELLO, { settings: { chatThinking: 'auto' } });
    assert.doesNotMatch(chat.prompts[0] ?? '', /think/);
  });

  it('ends an answer where a model without a template would continue the transcript', async () => {
    const chat = new Chat({
      chatTemplate: '{{ broken',
      answer: () => ' Yes.\n\nUser: And?\n\nAssistant: No.',
    });
    const result = await chat.ask(HELLO);
    assert.equal(result.text, 'Yes.');
    assert.equal(result.finish, 'stop');
    assert.match(chat.prompts[0] ?? '', /User: Hello\?\n\nAssistant:$/);
  });

  it('ends with `length` at the token limit, and where the context is full', async () => {
    const answer = (): string => 'x'.repeat(2000);
    assert.equal((await new Chat({ answer }).ask(HELLO, { maxTokens: 5 })).text, 'xxxxx');
    const full = await new Chat({ answer }, { contextTokens: 600 }).ask(HELLO);
    assert.equal(full.finish, 'length');
    assert.ok(full.promptTokens + full.completionTokens <= 600);
    assert.ok(full.promptTokens + full.completionTokens > 590);
  });

  it('drops the oldest messages when the conversation has outgrown the context, and counts them', async () => {
    const messages = Array.from({ length: 21 }, (_, index): ChatMessage => ({
      role: index % 2 === 0 ? 'user' : 'assistant',
      content: `message ${index} `.padEnd(100, '.'),
    }));
    const chat = new Chat({}, { contextTokens: 1600 });
    const result = await chat.ask(messages);
    assert.ok(result.droppedMessages > 0);
    assert.doesNotMatch(chat.prompts[0] ?? '', /message 0 /);
    assert.match(chat.prompts[0] ?? '', /^system:You are.*message 20 /s);
  });

  it('rejects a message that is too long, with both token counts', async () => {
    const chat = new Chat({}, { contextTokens: 600 });
    const error = await chat
      .ask([{ role: 'user', content: 'x'.repeat(700) }])
      .catch((reason: unknown) => reason);
    assert.ok(error instanceof EngineError && error.data.kind === 'promptTooLong');
    assert.equal(error.data.contextTokens, 600);
    assert.ok(error.data.promptTokens > 700);
    assert.deepEqual(
      chat.model.steps.filter(({ operation }) => operation === 'token'),
      [],
    );
  });

  it('stops when it is cancelled, after reporting the text so far', async () => {
    const abort = new AbortController();
    const chat = new Chat({
      answer: () => 'x'.repeat(1000),
      before: ({ operation }) => {
        if (
          operation === 'token' &&
          chat.model.steps.filter((step) => step.operation === 'token').length === 20
        )
          abort.abort(new DOMException('stop', 'AbortError'));
      },
    });
    await assert.rejects(chat.ask(HELLO, { signal: abort.signal }), { name: 'AbortError' });
    assert.ok(chat.said('text').length >= 19, chat.said('text'));
    assert.ok(chat.model.steps.filter(({ operation }) => operation === 'token').length <= 22);
    assert.equal((await chat.ask(HELLO, { maxTokens: 3 })).text, 'xxx');
  });

  it('stops while it waits for the model to be loaded', async () => {
    const service = new ChatService({
      host: { contextQueue: () => new Promise(() => undefined) },
      decoder: new Decoder(new Scheduler()),
      status: { during: (_kind, work) => work() },
      settings: () => DEFAULT_SETTINGS,
    });
    const abort = new AbortController();
    const answer = service.answer({ messages: HELLO, progressToken: 'x' }, abort.signal, () => undefined);
    abort.abort(new DOMException('stop', 'AbortError'));
    await assert.rejects(answer, { name: 'AbortError' });
  });

  it('reports the progress of a long prompt', async () => {
    const chat = new Chat({});
    await chat.ask([{ role: 'user', content: 'x'.repeat(500) }]);
    const reading = chat.progress.filter((piece) => piece.kind === 'prefill');
    assert.ok(reading.length >= 2);
    assert.ok(
      reading.every(({ done, total }, index) => done <= total && done > (reading[index - 1]?.done ?? 0)),
    );
  });
});

describe('the sampling of a chat', () => {
  const qwen = { architecture: 'qwen2', id: 'qwen2.5-coder-0.5b' };
  const youtu = { architecture: 'deepseek2', id: 'youtu-llm-2b' };

  it('has the model family’s defaults', () => {
    assert.deepEqual(chatSampling(qwen, false), {
      temperature: 0.7,
      topP: 0.8,
      topK: 20,
      repeatPenalty: 1.05,
    });
    assert.deepEqual(chatSampling(youtu, true), {
      temperature: 1,
      topP: 0.95,
      topK: 20,
      repeatPenalty: 1.05,
    });
    assert.equal(chatSampling(youtu, false).temperature, 0.7);
  });

  it('uses the user’s temperature, but is never greedy', () => {
    assert.equal(chatSampling(qwen, false, { temperature: 0.3 }).temperature, 0.3);
    assert.equal(chatSampling(qwen, false, { temperature: -1 }).temperature, 0.7);
    assert.ok(chatSampling(qwen, false, { temperature: 0 }).temperature > 0);
  });
});
