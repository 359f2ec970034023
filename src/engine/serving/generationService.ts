import { ChatPromptBuilders } from '../chat/chatPromptBuilder.js';
import type { VocabularyIndexes } from '../decoding/tokenHealing.js';
import type { Decoder } from '../decoding/decoder.js';
import type { Scheduler } from '../decoding/scheduler.js';
import { abortable } from '../cancellation.js';
import type { Model } from '../model/model.js';
import type { ModelHost } from '../model/modelHost.js';
import type { StatusReporter } from '../status/statusReporter.js';
import type { PromptDeps } from './requestPrompts.js';
import { SlotRunner } from '../decoding/slotRunner.js';
import type { GenerationEvents, GenerationResult, GenerationRequest } from './generationRequest.js';
import { generate } from './generate.js';

export interface GenerationLimits {
  /** Texts that are written at once. */
  readonly slots: number;
  /** Tokens of each one's context. */
  readonly contextTokens: number;
}

export interface GenerationServiceDeps {
  readonly vocabularies: VocabularyIndexes;
  readonly host: Pick<ModelHost, 'model' | 'onRelease'>;
  readonly scheduler: Pick<Scheduler, 'quantum'>;
  readonly decoder: Pick<Decoder, 'sliceSize' | 'measurePrefill'>;
  readonly status: Pick<StatusReporter, 'during'>;
}

interface Opened {
  readonly runner: SlotRunner;
  /** Ends what runs, and resolves when the memory is given back. */
  readonly close: () => Promise<void>;
  readonly closing: AbortSignal;
}

/** Writes texts for callers that aren't editors: many at once, each with what is left of its earlier ones' cache. */
export class GenerationService {
  private readonly opened = new Map<Model, Promise<Opened>>();
  private readonly prompts: PromptDeps;
  private readonly stopListening: () => void;
  private isDisposed = false;

  constructor(
    private readonly deps: GenerationServiceDeps,
    private readonly limits: GenerationLimits,
  ) {
    this.prompts = { chatPrompts: new ChatPromptBuilders(), vocabularies: deps.vocabularies };
    this.stopListening = deps.host.onRelease((model) => this.release(model));
  }

  /**
   * Streams the text while it comes, and returns it whole in the end.
   * @throws EngineError; the signal's reason when aborted
   */
  async generate(
    request: GenerationRequest,
    signal: AbortSignal,
    events: GenerationEvents,
  ): Promise<GenerationResult> {
    if (this.isDisposed) throw stopped();
    const model = await abortable(this.deps.host.model(request.role), signal);
    const { runner, closing } = await abortable(this.openFor(model), signal);
    const ending = new AbortController();
    const forward = (): void => ending.abort(signal.aborted ? signal.reason : closing.reason);
    for (const each of [signal, closing]) each.addEventListener('abort', forward, { once: true });
    if (signal.aborted || closing.aborted) forward();
    try {
      return await this.deps.status.during('chat', () =>
        generate({ runner, model, prompts: this.prompts }, request, ending.signal, events),
      );
    } finally {
      for (const each of [signal, closing]) each.removeEventListener('abort', forward);
    }
  }

  /** Ends what runs and gives the KV caches back; the model stays loaded. */
  async dispose(): Promise<void> {
    this.isDisposed = true;
    this.stopListening();
    for (const model of [...this.opened.keys()]) await this.release(model);
  }

  private async release(model: Model): Promise<void> {
    const opened = this.opened.get(model);
    this.opened.delete(model);
    await (await opened?.catch(() => undefined))?.close();
  }

  private openFor(model: Model): Promise<Opened> {
    // The server may have been stopped while the model was loaded.
    if (this.isDisposed) return Promise.reject(stopped());
    let opened = this.opened.get(model);
    if (opened === undefined) {
      opened = this.open(model);
      this.opened.set(model, opened);
      opened.catch(() => this.opened.delete(model));
    }
    return opened;
  }

  private async open(model: Model): Promise<Opened> {
    const { slots: sequences, contextTokens } = this.limits;
    const batchTokens = model.device.kind === 'cpu' ? 128 : 512;
    const slots = await model.openSlots({
      sequences,
      contextTokens: Math.min(contextTokens, model.trainedContextTokens),
      batchTokens,
    });
    const runner = new SlotRunner(slots, this.deps.scheduler, this.deps.decoder);
    const closing = new AbortController();
    const close = async (): Promise<void> => {
      closing.abort(new DOMException('the model is unloaded', 'AbortError'));
      await runner.idle();
      await slots.dispose();
    };
    return { runner, close, closing: closing.signal };
  }
}

function stopped(): DOMException {
  return new DOMException('the server is stopped', 'AbortError');
}
