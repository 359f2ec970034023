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
import type { GenerationChunk, GenerationResult, GenerationRequest } from './generationRequest.js';
import { generate } from './generate.js';

/** Too many requests are waiting already. */
export class QueueFull extends Error {
  constructor(readonly waiting: number) {
    super(`${waiting} requests are already waiting`);
    this.name = 'QueueFull';
  }
}

export interface GenerationLimits {
  /** Texts that are written at once. */
  readonly slots: number;
  /** Tokens of each one's context. */
  readonly contextTokens: number;
  /** Wishes that may wait. */
  readonly queue: number;
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

  constructor(
    private readonly deps: GenerationServiceDeps,
    private readonly limits: GenerationLimits,
  ) {
    this.prompts = { chatPrompts: new ChatPromptBuilders(), vocabularies: deps.vocabularies };
    deps.host.onRelease(async (model) => {
      const opened = this.opened.get(model);
      this.opened.delete(model);
      await (await opened?.catch(() => undefined))?.close();
    });
  }

  /** Texts that are being generated, and requests that wait for a slot. */
  async load(): Promise<{ readonly running: number; readonly waiting: number }> {
    const all = await Promise.all([...this.opened.values()].map((each) => each.catch(() => undefined)));
    return {
      running: all.reduce((sum, each) => sum + (each?.runner.running ?? 0), 0),
      waiting: all.reduce((sum, each) => sum + (each?.runner.waiting ?? 0), 0),
    };
  }

  /**
   * Streams the text through `onPiece` while it comes, and returns it whole in the end.
   * @throws EngineError; QueueFull; the signal's reason when aborted
   */
  async generate(
    request: GenerationRequest,
    signal: AbortSignal,
    onPiece: (piece: GenerationChunk) => void,
  ): Promise<GenerationResult> {
    const model = await abortable(this.deps.host.model(request.role), signal);
    const { runner, closing } = await abortable(this.openFor(model), signal);
    if (runner.waiting >= this.limits.queue) throw new QueueFull(runner.waiting);
    const ending = new AbortController();
    const forward = (): void => ending.abort(signal.aborted ? signal.reason : closing.reason);
    for (const each of [signal, closing]) each.addEventListener('abort', forward, { once: true });
    try {
      return await this.deps.status.during('chat', () =>
        generate({ runner, model, prompts: this.prompts }, request, ending.signal, onPiece),
      );
    } finally {
      for (const each of [signal, closing]) each.removeEventListener('abort', forward);
    }
  }

  private openFor(model: Model): Promise<Opened> {
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
