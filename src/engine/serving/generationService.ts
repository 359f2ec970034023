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
  /** KV caches that nothing was asked of for so long, milliseconds, are given back; `undefined`: never. */
  readonly idleMs?: number | undefined;
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

/** The KV caches on one model's weights. */
interface Caches {
  readonly opened: Promise<Opened>;
  /** Texts that are being generated, or wait for that. */
  users: number;
  idleTimer?: NodeJS.Timeout;
}

/** Writes texts for callers that aren't editors: many at once, each with what is left of its earlier ones' cache. */
export class GenerationService {
  private readonly caches = new Map<Model, Caches>();
  /** Caches that are being given back: the memory for new ones may not be there before. */
  private releasing: Promise<void> = Promise.resolve();
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
    const caches = this.cachesOf(model);
    clearTimeout(caches.idleTimer);
    caches.users++;
    try {
      return await this.generateIn(await abortable(caches.opened, signal), model, request, signal, events);
    } finally {
      caches.users--;
      if (caches.users === 0) this.releaseWhenIdle(model, caches);
    }
  }

  /** Ends what runs and gives the KV caches back; the model stays loaded. */
  async dispose(): Promise<void> {
    this.isDisposed = true;
    this.stopListening();
    for (const model of [...this.caches.keys()]) await this.release(model);
    await this.releasing;
  }

  private async generateIn(
    { runner, closing }: Opened,
    model: Model,
    request: GenerationRequest,
    signal: AbortSignal,
    events: GenerationEvents,
  ): Promise<GenerationResult> {
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

  private releaseWhenIdle(model: Model, caches: Caches): void {
    const { idleMs } = this.limits;
    if (idleMs === undefined || this.caches.get(model) !== caches) return;
    caches.idleTimer = setTimeout(() => void this.release(model), idleMs);
    caches.idleTimer.unref();
  }

  private release(model: Model): Promise<void> {
    const caches = this.caches.get(model);
    if (caches === undefined) return Promise.resolve();
    this.caches.delete(model);
    clearTimeout(caches.idleTimer);
    const released = caches.opened.then(
      ({ close }) => close(),
      () => undefined,
    );
    this.releasing = Promise.allSettled([this.releasing, released]).then(() => undefined);
    return released;
  }

  private cachesOf(model: Model): Caches {
    // The server may have been stopped while the model was loaded.
    if (this.isDisposed) throw stopped();
    let caches = this.caches.get(model);
    if (caches === undefined) {
      const created: Caches = { opened: this.releasing.then(() => this.open(model)), users: 0 };
      this.caches.set(model, created);
      created.opened.catch(() => {
        if (this.caches.get(model) === created) this.caches.delete(model);
      });
      caches = created;
    }
    return caches;
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
