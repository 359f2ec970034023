import type { Connection } from 'vscode-languageserver/node';
import {
  ChatProgressType,
  ChatRequest,
  type ChatMessage,
  type ChatParams,
  type ChatProgress,
  type ChatResult,
} from '../../protocol/chat.js';
import type { EngineSettings } from '../../protocol/settings.js';
import { abortable, answerRequest } from '../cancellation.js';
import type { ContextQueue } from '../decoding/contextQueue.js';
import { promptTooLong, type DecodeOptions, type Decoder } from '../decoding/decoder.js';
import { decodeSpeed, newStats } from '../decoding/decodeRun.js';
import { OutputReader } from '../decoding/output/outputReader.js';
import type { AnswerPiece } from '../decoding/output/thinkingSplitter.js';
import type { Model, ModelContext } from '../model/model.js';
import type { ModelHost } from '../model/modelHost.js';
import type { StatusReporter } from '../status/statusReporter.js';
import { ChatPromptBuilders, type BuiltChatPrompt } from './chatPromptBuilder.js';
import { chatSampling } from './chatSampling.js';

/** Room kept for the answer: older messages are left out before it gets smaller, … */
const ANSWER_TOKENS = 1024;
/** … and with less than this left, the last message counts as too long. */
const MIN_ANSWER_TOKENS = 64;

/** Minimum time between two progress messages: about as many as a screen can show. */
const PROGRESS_INTERVAL_MS = 34;

/** Short: a small model follows few instructions, and each token of it is evaluated before the first answer. */
const DEFAULT_SYSTEM_PROMPT =
  'You are Youtu Code, a coding assistant inside a code editor. Answer in the language of the question. ' +
  'Be brief and concrete. Put code into fenced code blocks that name their language. ' +
  'If you are not sure, say so.';

export interface ChatServiceDeps {
  readonly host: Pick<ModelHost, 'contextQueue'>;
  readonly decoder: Decoder;
  readonly status: Pick<StatusReporter, 'during'>;
  readonly settings: () => Pick<EngineSettings, 'chatThinking' | 'chatSystemPrompt' | 'chatTemperature'>;
}

/** Answers conversations: messages → prompt in the model's own format → tokens → thoughts and text. */
export class ChatService {
  private readonly prompts = new ChatPromptBuilders();

  constructor(private readonly deps: ChatServiceDeps) {}

  /**
   * Streams the answer through `report` as it is generated, and returns it whole in the end.
   * @throws EngineError; the signal's reason when aborted, after what had come was reported
   */
  async answer(
    params: ChatParams,
    signal: AbortSignal,
    report: (progress: ChatProgress) => void,
  ): Promise<ChatResult> {
    const queue = await abortable(this.deps.host.contextQueue('chat'), signal);
    return this.deps.status.during('chat', () =>
      queue.use(signal, (context) => this.answerIn(queue, context, params, signal, report)),
    );
  }

  private async answerIn(
    { model }: ContextQueue,
    context: ModelContext,
    params: ChatParams,
    signal: AbortSignal,
    report: (progress: ChatProgress) => void,
  ): Promise<ChatResult> {
    const prompt = await this.promptFor(model, context, params);
    signal.throwIfAborted();
    const { chatTemperature } = this.deps.settings();
    const stats = newStats();
    const options: DecodeOptions = {
      kind: 'chat',
      sampling: chatSampling(model, prompt.thinking, {
        temperature: params.temperature ?? chatTemperature,
        ...(params.seed === undefined ? {} : { seed: params.seed }),
      }),
      maxTokens: params.maxTokens ?? Infinity,
      signal,
      onPrefill: (done, total) => report({ kind: 'prefill', done, total }),
    };
    const stop = prompt.stop === undefined ? [] : [prompt.stop];
    const reader = new OutputReader(model, prompt.isThinkingOpen ? 'open' : 'possible', stop);
    const batcher = new ProgressBatcher(report);
    try {
      for await (const token of this.deps.decoder.decode(context, prompt.tokens, options, stats)) {
        for (const piece of reader.push(token)) batcher.push(piece);
        if (reader.stopSequence !== undefined) break;
      }
      for (const piece of reader.flush()) batcher.push(piece);
    } finally {
      // A user who stops an answer sees all of it that came.
      batcher.flush();
    }
    return {
      finish: reader.stopSequence === undefined ? stats.finish : 'stop',
      text: reader.text.trimEnd(),
      promptTokens: stats.promptTokens,
      cachedTokens: stats.cachedTokens,
      completionTokens: stats.completionTokens,
      tokensPerSecond: decodeSpeed(stats),
      droppedMessages: prompt.droppedMessages,
      model: model.id,
    };
  }

  /** @throws EngineError `promptTooLong` */
  private async promptFor(
    model: Model,
    { contextTokens }: ModelContext,
    { messages, maxTokens = ANSWER_TOKENS }: ChatParams,
  ): Promise<BuiltChatPrompt> {
    const { chatThinking, chatSystemPrompt } = this.deps.settings();
    const room = Math.min(ANSWER_TOKENS, maxTokens, Math.floor(contextTokens / 4));
    const prompt = await this.prompts.of(model).build({
      messages: withSystemPrompt(messages, chatSystemPrompt),
      thinking: chatThinking,
      maxTokens: contextTokens - room,
      contextTokens,
    });
    const promptTokens = prompt.tokens.length;
    if (contextTokens - promptTokens < Math.min(room, MIN_ANSWER_TOKENS))
      throw promptTooLong(prompt.totalTokens, contextTokens);
    return prompt;
  }
}

/**
 * Collects pieces of an answer, so that a fast model doesn't send a message for each token. Even the first piece is sent
 * by a timer, after the next token's evaluation has started: sending then delays no token.
 */
export class ProgressBatcher {
  private pending: AnswerPiece | undefined;
  private timer: NodeJS.Timeout | undefined;
  private lastSent = -Infinity;

  constructor(
    private readonly send: (progress: ChatProgress) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  push(piece: AnswerPiece): void {
    if (this.pending !== undefined && this.pending.kind !== piece.kind) this.flush();
    this.pending = { kind: piece.kind, text: (this.pending?.text ?? '') + piece.text };
    const wait = Math.max(0, this.lastSent + PROGRESS_INTERVAL_MS - this.now());
    this.timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Sends the collected pieces. Must be called at the end too, also after an error. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.pending === undefined) return;
    this.send(this.pending);
    this.pending = undefined;
    this.lastSent = this.now();
  }
}

/** Puts the system prompt in front, unless the conversation has one of its own. */
function withSystemPrompt(messages: readonly ChatMessage[], setting: string): readonly ChatMessage[] {
  if (messages.some(({ role }) => role === 'system')) return messages;
  const content = setting.trim() === '' ? DEFAULT_SYSTEM_PROMPT : setting.trim();
  return [{ role: 'system', content }, ...messages];
}

/** Answers `youtu/chat`, with the answer's pieces as progress under the request's own token. */
export function registerChat(connection: Connection, service: ChatService): void {
  connection.onRequest(ChatRequest, (params, token) =>
    answerRequest(token, (signal) =>
      service.answer(params, signal, (progress) => {
        void connection.sendProgress(ChatProgressType, params.progressToken, progress);
      }),
    ),
  );
}
