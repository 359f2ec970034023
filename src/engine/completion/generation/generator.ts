import { abortable } from '../../cancellation.js';
import type { Decoder } from '../../decoding/decoder.js';
import type { ContextQueue } from '../../decoding/contextQueue.js';
import type { ModelContext } from '../../model/model.js';
import type { ModelHost } from '../../model/modelHost.js';
import type { ContextProvider } from '../prompt/contextProvider.js';
import { Generation, type GenerationTask } from './generation.js';
import { lineAround, type CursorContext } from '../cursor/cursorContext.js';
import { PromptBuilder } from '../prompt/promptBuilder.js';
import type { VocabularyIndexes } from '../../decoding/tokenHealing.js';
import type { SyntaxFacts } from '../../syntax/syntaxFacts.js';
import type { WorkKind } from '../../../protocol/status.js';

export interface GeneratorDeps {
  readonly vocabularies: VocabularyIndexes;
  readonly host: Pick<ModelHost, 'lane'>;
  readonly decoder: Decoder;
  readonly surroundings: ContextProvider;
  /** Milliseconds. */
  readonly latencyGoal: () => number;
}

/** Turns places into prompts and runs the decodings. */
export class Generator {
  private readonly prompts: PromptBuilder;
  private started = 0;
  private context: ModelContext | undefined;

  constructor(private readonly deps: GeneratorDeps) {
    const { decoder, surroundings, latencyGoal, vocabularies } = deps;
    const speedOf = (context: ModelContext): number | undefined => decoder.prefillSpeedOf(context);
    this.prompts = new PromptBuilder({ surroundings, latencyGoal, speedOf, vocabularies });
  }

  /** Begins a decoding; it tells by itself how it goes. */
  start(task: GenerationTask, kind: WorkKind, onEnd: (generation: Generation) => void): Generation {
    const generation = new Generation(task, kind);
    this.started++;
    const work = async (lane: ContextQueue, modelContext: ModelContext): Promise<void> => {
      const { model } = lane;
      generation.model = model.id;
      const prompt = await this.prompts.promptFor(model, modelContext, task.place);
      const { decoder } = this.deps;
      return generation.decode(
        { model, modelContext, decoder, index: this.deps.vocabularies.of(model) },
        prompt,
      );
    };
    void generation.run(() => this.withContext(generation.signal, work), onEnd);
    return generation;
  }

  /** What all decodings and warm-ups have cost. */
  get totals(): { readonly evaluatedTotal: number; readonly decodingsTotal: number } {
    const evaluatedTotal = this.context === undefined ? 0 : this.deps.decoder.evaluatedIn(this.context);
    return { evaluatedTotal, decodingsTotal: this.started };
  }

  /** Evaluates the prompt of a place into the cache while nothing else is wanted; returns how many tokens that took. */
  prefill(place: CursorContext, signal: AbortSignal): Promise<number> {
    return this.withContext(signal, async ({ model }, modelContext) => {
      const { tokens } = await this.prompts.promptFor(model, modelContext, place);
      return this.deps.decoder.prefillPrompt(modelContext, tokens, { kind: 'warm-up', signal });
    });
  }

  /** As {@link prefill}, for a prompt with more text than an answer would be waited for; that of `warm` stays cached. */
  prefillExtended(place: CursorContext, signal: AbortSignal): Promise<number> {
    return this.withContext(signal, async ({ model }, modelContext) => {
      const wider = await this.prompts.widerFor(model, modelContext, place);
      if (wider === undefined) return 0;
      const { tokens, besides } = wider;
      return this.deps.decoder.prefillPrompt(modelContext, tokens, {
        kind: 'warm-up',
        signal,
        pinned: besides,
      });
    });
  }

  /**
   * Puts candidates in order. A model without infill tokens has only read the text after the cursor as a remark:
   * the better candidate is the one after which it would have written that text itself.
   */
  ranked(place: CursorContext, texts: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    return this.withContext(signal, async ({ model }, modelContext) => {
      const following = textBelow(place);
      if (model.infill !== undefined || following === '' || texts.length < 2) return texts;
      const { tokens, healedPrefix } = await this.prompts.promptFor(model, modelContext, place);
      const wanted = model.tokenize(following, false).slice(0, MAX_TOKENS_BELOW);
      const scored: { readonly text: string; readonly score: number }[] = [];
      for (const text of texts) {
        const given = [...tokens, ...model.tokenize(healedPrefix + text.trimEnd(), false)];
        const score = await this.deps.decoder.likelihood(modelContext, given, wanted, signal);
        scored.push({ text, score });
      }
      return scored.toSorted((a, b) => b.score - a.score).map(({ text }) => text);
    });
  }

  factsAt(place: CursorContext): SyntaxFacts | undefined {
    return this.deps.surroundings.factsAt(place);
  }

  /** What a document's windows show of other files is to be chosen anew. */
  forget(uri: string): void {
    this.prompts.forget(uri);
  }

  private async withContext<T>(
    signal: AbortSignal,
    work: (lane: ContextQueue, context: ModelContext) => Promise<T>,
  ): Promise<T> {
    const lane = await abortable(this.deps.host.lane('completion'), signal);
    return lane.use(signal, (context) => {
      this.context = context;
      return work(lane, context);
    });
  }
}

const MAX_TOKENS_BELOW = 12;

/** The rest of the line, or the next line, as it would follow an answer. */
function textBelow(place: CursorContext): string {
  const { suffix } = lineAround(place);
  if (suffix.trim() !== '') return suffix;
  return /^\s*\n[^\n]*\S[^\n]*/.exec(place.after.slice(suffix.length))?.[0] ?? '';
}
