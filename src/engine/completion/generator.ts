import { abortable } from '../abortable.js';
import type { Decoder } from '../decoding/decoder.js';
import type { Lane } from '../decoding/lane.js';
import type { ModelContext } from '../model/model.js';
import type { ModelHost } from '../model/modelHost.js';
import type { CompletionSurroundings } from './completionSurroundings.js';
import { Generation, type GenerationTask } from './generation.js';
import { lineAround, type Place } from './place.js';
import { PlacePrompts } from './placePrompts.js';
import type { VocabularyIndexes } from './vocabularyIndexes.js';
import type { SyntaxFacts } from '../syntax/syntaxFacts.js';
import type { WorkKind } from '../../protocol/status.js';

export interface GeneratorMeans {
  readonly vocabularies: VocabularyIndexes;
  readonly host: Pick<ModelHost, 'lane'>;
  readonly decoder: Decoder;
  readonly surroundings: CompletionSurroundings;
  /** Milliseconds. */
  readonly latencyGoal: () => number;
}

/** Turns places into prompts and runs the decodings. */
export class Generator {
  private readonly prompts: PlacePrompts;
  private started = 0;
  private context: ModelContext | undefined;

  constructor(private readonly means: GeneratorMeans) {
    const { decoder, surroundings, latencyGoal, vocabularies } = means;
    const speedOf = (context: ModelContext): number | undefined => decoder.prefillSpeedOf(context);
    this.prompts = new PlacePrompts({ surroundings, latencyGoal, speedOf, vocabularies });
  }

  /** Begins a decoding; it tells by itself how it goes. */
  start(task: GenerationTask, kind: WorkKind, onEnd: (generation: Generation) => void): Generation {
    const generation = new Generation(task, kind);
    this.started++;
    const work = async (lane: Lane, modelContext: ModelContext): Promise<void> => {
      const { model } = lane;
      generation.model = model.id;
      const prompt = await this.prompts.promptFor(model, modelContext, task.place);
      const { decoder } = this.means;
      return generation.decode(
        { model, modelContext, decoder, index: this.means.vocabularies.of(model) },
        prompt,
      );
    };
    void generation.run(() => this.inLane(generation.signal, work), onEnd);
    return generation;
  }

  /** What all decodings and warm-ups have cost. */
  get totals(): { readonly evaluatedTotal: number; readonly decodingsTotal: number } {
    const evaluatedTotal = this.context === undefined ? 0 : this.means.decoder.evaluatedIn(this.context);
    return { evaluatedTotal, decodingsTotal: this.started };
  }

  /** Evaluates the prompt of a place into the cache while nothing else is wanted; returns how many tokens that took. */
  warm(place: Place, signal: AbortSignal): Promise<number> {
    return this.inLane(signal, async ({ model }, modelContext) => {
      const { tokens } = await this.prompts.promptFor(model, modelContext, place);
      return this.means.decoder.warm(modelContext, tokens, { kind: 'warm-up', signal });
    });
  }

  /** As {@link warm}, for a prompt with more text than an answer would be waited for; that of `warm` stays cached. */
  widen(place: Place, signal: AbortSignal): Promise<number> {
    return this.inLane(signal, async ({ model }, modelContext) => {
      const wider = await this.prompts.widerFor(model, modelContext, place);
      if (wider === undefined) return 0;
      const { tokens, besides } = wider;
      return this.means.decoder.warm(modelContext, tokens, { kind: 'warm-up', signal, besides });
    });
  }

  /**
   * Puts candidates in order. A model without infill tokens has only read the text after the cursor as a remark:
   * the better candidate is the one after which it would have written that text itself.
   */
  ranked(place: Place, texts: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    return this.inLane(signal, async ({ model }, modelContext) => {
      const following = textBelow(place);
      if (model.infill !== undefined || following === '' || texts.length < 2) return texts;
      const { tokens, held } = await this.prompts.promptFor(model, modelContext, place);
      const wanted = model.tokenize(following, false).slice(0, MOST_TOKENS_BELOW);
      const scored: { readonly text: string; readonly score: number }[] = [];
      for (const text of texts) {
        const given = [...tokens, ...model.tokenize(held + text.trimEnd(), false)];
        const score = await this.means.decoder.likelihood(modelContext, given, wanted, signal);
        scored.push({ text, score });
      }
      return scored.toSorted((a, b) => b.score - a.score).map(({ text }) => text);
    });
  }

  factsAt(place: Place): SyntaxFacts | undefined {
    return this.means.surroundings.factsAt(place);
  }

  /** What a document's windows show of other files is to be chosen anew. */
  forget(uri: string): void {
    this.prompts.forget(uri);
  }

  private async inLane<T>(
    signal: AbortSignal,
    work: (lane: Lane, context: ModelContext) => Promise<T>,
  ): Promise<T> {
    const lane = await abortable(this.means.host.lane('completion'), signal);
    return lane.use(signal, (context) => {
      this.context = context;
      return work(lane, context);
    });
  }
}

const MOST_TOKENS_BELOW = 12;

/** The rest of the line, or the next line, as it would follow an answer. */
function textBelow(place: Place): string {
  const { suffix } = lineAround(place);
  if (suffix.trim() !== '') return suffix;
  return /^\s*\n[^\n]*\S[^\n]*/.exec(place.after.slice(suffix.length))?.[0] ?? '';
}
