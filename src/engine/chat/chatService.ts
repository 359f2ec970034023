import type { ChatParams, ChatProgress, ChatResult } from '../../protocol/chat.js';
import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import type { EngineSettings } from '../../protocol/settings.js';
import { decodeSpeed, newFigures, type Decoder } from '../decoding/decoder.js';
import type { Lane } from '../decoding/lane.js';
import type { Model, ModelContext } from '../model/model.js';
import type { ModelHost } from '../model/modelHost.js';
import type { StatusReporter } from '../statusReporter.js';
import { AnswerReader } from './answerReader.js';
import { ChatPromptWriter } from './chatPrompt.js';
import { chatSampling } from './chatSampling.js';
import { normalise } from './conversation.js';
import { fitConversation } from './conversationWindow.js';
import { ProgressBatcher } from './progressBatcher.js';
import { withSystemPrompt } from './systemPrompt.js';

/** Room kept for the answer: older messages are left out before it gets smaller, … */
const ANSWER_TOKENS = 1024;
/** … and with less than this left, the last message counts as too long. */
const SHORTEST_ANSWER_TOKENS = 64;

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
    { model }: Lane,
    context: ModelContext,
    params: ChatParams,
    signal: AbortSignal,
    report: (progress: ChatProgress) => void,
  ): Promise<ChatResult> {
    const { chatThinking, chatSystemPrompt, chatTemperature } = this.engine.settings();
    const writer = this.writerFor(model);
    const thinking = writer.knowsThinking && wantsThinking(chatThinking, model);
    const messages = normalise(withSystemPrompt(params.messages, chatSystemPrompt));
    const { contextTokens } = context;
    const room = Math.min(ANSWER_TOKENS, params.maxTokens ?? ANSWER_TOKENS, Math.floor(contextTokens / 4));
    const { prompt, dropped } = fitConversation(
      messages,
      contextTokens - room,
      (kept) => writer.write(kept, thinking),
      (text) => model.tokenize(text, false).length,
    );
    const left = contextTokens - prompt.tokens.length - 1;
    if (left < Math.min(room, SHORTEST_ANSWER_TOKENS)) {
      throw new EngineError(EngineErrorCode.promptTooLong, {
        kind: 'promptTooLong',
        promptTokens: prompt.tokens.length,
        contextTokens,
      });
    }

    const figures = newFigures();
    const reader = new AnswerReader(model, prompt);
    const batcher = new ProgressBatcher(report);
    const tokens = this.engine.decoder.decode(
      context,
      prompt.tokens,
      {
        kind: 'chat',
        sampling: chatSampling(model, thinking, {
          temperature: params.temperature ?? chatTemperature,
          ...(params.seed === undefined ? {} : { seed: params.seed }),
        }),
        maxTokens: Math.min(left, params.maxTokens ?? left),
        signal,
        onPrefill: (done, total) => report({ kind: 'prefill', done, total }),
      },
      figures,
    );
    try {
      for await (const token of tokens) {
        for (const piece of reader.push(token)) batcher.push(piece);
        if (reader.isEnded) break;
      }
      for (const piece of reader.flush()) batcher.push(piece);
    } finally {
      batcher.flush();
    }
    return {
      finish: reader.isEnded ? 'stop' : figures.finish,
      text: reader.text.trimEnd(),
      promptTokens: figures.promptTokens,
      cachedTokens: figures.cachedTokens,
      completionTokens: figures.completionTokens,
      tokensPerSecond: decodeSpeed(figures),
      droppedMessages: dropped,
      model: model.id,
    };
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

/** Loading a model can't be aborted; waiting for it can. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
