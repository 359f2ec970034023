import type { ChatParams, ChatProgress, ChatResult } from '../../protocol/chat.js';
import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import type { EngineSettings } from '../../protocol/settings.js';
import { abortable } from '../abortable.js';
import { decodeSpeed, newStats, type DecodeOptions, type Decoder } from '../decoding/decoder.js';
import type { ContextQueue } from '../decoding/contextQueue.js';
import type { Model, ModelContext } from '../model/model.js';
import type { ModelHost } from '../model/modelHost.js';
import type { StatusReporter } from '../status/statusReporter.js';
import { TextReader } from '../serving/textReader.js';
import { ChatPromptWriter, type ChatPrompt } from './chatPrompt.js';
import { chatSampling } from './chatSampling.js';
import { normalise } from './conversation.js';
import { fitConversation, type ConversationWindow } from './conversationWindow.js';
import { ProgressBatcher } from './progressBatcher.js';
import { withSystemPrompt } from './systemPrompt.js';

/** Room kept for the answer: older messages are left out before it gets smaller, … */
const ANSWER_TOKENS = 1024;
/** … and with less than this left, the last message counts as too long. */
const MIN_ANSWER_TOKENS = 64;

/** Who hosts the chat's model and what the user has set. */
export interface ChatSurroundings {
  readonly host: Pick<ModelHost, 'lane'>;
  readonly decoder: Decoder;
  readonly status: Pick<StatusReporter, 'during'>;
  readonly settings: () => Pick<EngineSettings, 'chatThinking' | 'chatSystemPrompt' | 'chatTemperature'>;
}

/** Answers conversations: messages → prompt in the model's own format → tokens → thoughts and text. */
export class ChatService {
  private readonly writers = new WeakMap<Model, ChatPromptWriter>();

  constructor(private readonly engine: ChatSurroundings) {}

  /**
   * Streams the answer through `report` while it comes, and returns it whole in the end.
   * @throws EngineError; the signal's reason when aborted, after what had come was reported
   */
  async answer(
    params: ChatParams,
    signal: AbortSignal,
    report: (progress: ChatProgress) => void,
  ): Promise<ChatResult> {
    const lane = await abortable(this.engine.host.lane('chat'), signal);
    return this.engine.status.during('chat', () =>
      lane.use(signal, (context) => this.answerOn(lane, context, params, signal, report)),
    );
  }

  private async answerOn(
    { model }: ContextQueue,
    context: ModelContext,
    params: ChatParams,
    signal: AbortSignal,
    report: (progress: ChatProgress) => void,
  ): Promise<ChatResult> {
    const { prompt, dropped, thinking } = this.promptFor(model, context, params);
    const { chatTemperature } = this.engine.settings();
    const figures = newStats();
    const options: DecodeOptions = {
      kind: 'chat',
      sampling: chatSampling(model, thinking, {
        temperature: params.temperature ?? chatTemperature,
        ...(params.seed === undefined ? {} : { seed: params.seed }),
      }),
      maxTokens: params.maxTokens ?? Infinity,
      signal,
      onPrefill: (done, total) => report({ kind: 'prefill', done, total }),
    };
    const stop = prompt.stop === undefined ? [] : [prompt.stop];
    const reader = new TextReader(model, prompt.isThinkingOpen ? 'open' : 'possible', stop);
    const batcher = new ProgressBatcher(report);
    try {
      for await (const token of this.engine.decoder.decode(context, prompt.tokens, options, figures)) {
        for (const piece of reader.push(token)) batcher.push(piece);
        if (reader.stopText !== undefined) break;
      }
      for (const piece of reader.flush()) batcher.push(piece);
    } finally {
      // Whoever stops an answer gets to see all of it that came.
      batcher.flush();
    }
    return {
      finish: reader.stopText === undefined ? figures.finish : 'stop',
      text: reader.text.trimEnd(),
      promptTokens: figures.promptTokens,
      cachedTokens: figures.cachedTokens,
      completionTokens: figures.completionTokens,
      tokensPerSecond: decodeSpeed(figures),
      droppedMessages: dropped,
      model: model.id,
    };
  }

  /** @throws EngineError `promptTooLong` */
  private promptFor(
    model: Model,
    { contextTokens }: ModelContext,
    { messages, maxTokens = ANSWER_TOKENS }: ChatParams,
  ): ConversationWindow<ChatPrompt> & { readonly thinking: boolean } {
    const { chatThinking, chatSystemPrompt } = this.engine.settings();
    const writer = this.writerFor(model);
    const thinking = writer.knowsThinking && wantsThinking(chatThinking, model);
    const room = Math.min(ANSWER_TOKENS, maxTokens, Math.floor(contextTokens / 4));
    const window = fitConversation(
      normalise(withSystemPrompt(messages, chatSystemPrompt)),
      contextTokens - room,
      (kept) => writer.write(kept, thinking),
      (text) => model.tokenize(text, false).length,
    );
    const promptTokens = window.prompt.tokens.length;
    if (contextTokens - promptTokens >= Math.min(room, MIN_ANSWER_TOKENS)) return { ...window, thinking };
    throw new EngineError(EngineErrorCode.promptTooLong, {
      kind: 'promptTooLong',
      promptTokens,
      contextTokens,
    });
  }

  private writerFor(model: Model): ChatPromptWriter {
    let writer = this.writers.get(model);
    if (writer === undefined) {
      writer = new ChatPromptWriter(model);
      this.writers.set(model, writer);
    }
    return writer;
  }
}

/** On a CPU hundreds of tokens of thought are a minute of waiting: there a user has to ask for them. */
function wantsThinking(setting: EngineSettings['chatThinking'], model: Model): boolean {
  return setting === 'auto' ? model.device.kind !== 'cpu' : setting === 'on';
}
