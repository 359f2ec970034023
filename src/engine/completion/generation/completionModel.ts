import type { CompletionTimes } from '../../../protocol/completion.js';
import { abortable } from '../../cancellation.js';
import type { ContextQueue } from '../../decoding/contextQueue.js';
import type { Decoder } from '../../decoding/decoder.js';
import type { VocabularyIndex, VocabularyIndexes } from '../../decoding/tokenHealing.js';
import type { Model, ModelContext } from '../../model/model.js';
import type { ModelHost } from '../../model/modelHost.js';
import type { SyntaxFacts } from '../../syntax/syntaxFacts.js';
import { lineAround, type CursorContext } from '../cursor/cursorContext.js';
import type { ContextProvider } from '../prompt/contextProvider.js';
import { PromptBuilder, type GenerationPrompt } from '../prompt/promptBuilder.js';
import { SYSTEM_CLOCK, type Clock } from './clock.js';

/** Tokens of the text after the cursor that candidates are compared by. */
const MAX_COMPARED_TOKENS = 12;

export interface CompletionModelDeps {
  readonly vocabularies: VocabularyIndexes;
  readonly host: Pick<ModelHost, 'contextQueue'>;
  readonly decoder: Decoder;
  readonly contextProvider: ContextProvider;
  /** Milliseconds within which a completion should be shown. */
  readonly latencyGoal: () => number;
  readonly clock?: Clock;
}

/** A context of the completion model, and the prompt to evaluate in it. */
export interface PromptedContext {
  readonly model: Model;
  readonly modelContext: ModelContext;
  readonly decoder: Decoder;
  readonly vocabulary: VocabularyIndex;
  readonly prompt: GenerationPrompt;
  /** Waiting for the model and its queue, and making the prompt. */
  readonly times: Pick<CompletionTimes, 'queueMs' | 'contextMs'>;
}

/** The model of the completion role with its prompts: loads it, waits for its queue, evaluates ahead of the user. */
export class CompletionModel {
  private readonly prompts: PromptBuilder;
  private readonly clock: Clock;
  private started = 0;
  private context: ModelContext | undefined;

  constructor(private readonly deps: CompletionModelDeps) {
    const { decoder, contextProvider, latencyGoal, vocabularies, clock = SYSTEM_CLOCK } = deps;
    const speedOf = (context: ModelContext): number | undefined => decoder.prefillSpeedOf(context);
    this.prompts = new PromptBuilder({ contextProvider, latencyGoal, speedOf, vocabularies });
    this.clock = clock;
  }

  /** What all decodings and prefills have cost. */
  get totals(): { readonly evaluatedTotal: number; readonly decodingsTotal: number } {
    const evaluatedTotal = this.context === undefined ? 0 : this.deps.decoder.evaluatedIn(this.context);
    return { evaluatedTotal, decodingsTotal: this.started };
  }

  /** Milliseconds. */
  get latencyGoalMs(): number {
    return this.deps.latencyGoal();
  }

  /**
   * Waits for the model and gives `work` the context and the prompt for a cursor.
   * @throws the signal's reason; EngineError when the model can't be used
   */
  withPrompt<T>(
    cursor: CursorContext,
    signal: AbortSignal,
    work: (prompted: PromptedContext) => Promise<T>,
  ): Promise<T> {
    this.started++;
    const { decoder, vocabularies } = this.deps;
    const startedMs = this.clock.now();
    return this.withContext(signal, async ({ model }, modelContext) => {
      const openedMs = this.clock.now();
      const prompt = await this.prompts.promptFor(model, modelContext, cursor);
      return work({
        model,
        modelContext,
        decoder,
        vocabulary: vocabularies.of(model),
        prompt,
        times: { queueMs: openedMs - startedMs, contextMs: this.clock.now() - openedMs },
      });
    });
  }

  /** Evaluates the prompt for a cursor into the cache at the lowest priority; resolves to the tokens evaluated. */
  prefill(cursor: CursorContext, signal: AbortSignal): Promise<number> {
    return this.withContext(
      signal,
      async ({ model }, modelContext) => {
        const { tokens } = await this.prompts.promptFor(model, modelContext, cursor);
        return this.deps.decoder.prefillPrompt(modelContext, tokens, { kind: 'warm-up', signal });
      },
      'warm-up',
    );
  }

  /** As {@link prefill}, for a prompt with more text than a key could wait for; that of `prefill` stays cached. */
  prefillExtended(cursor: CursorContext, signal: AbortSignal): Promise<number> {
    return this.withContext(
      signal,
      async ({ model }, modelContext) => {
        const extended = await this.prompts.extendedFor(model, modelContext, cursor);
        if (extended === undefined) return 0;
        const { tokens, pinned } = extended;
        return this.deps.decoder.prefillPrompt(modelContext, tokens, { kind: 'warm-up', signal, pinned });
      },
      'warm-up',
    );
  }

  /**
   * Puts candidates in order, the best first. A model without infill tokens has seen the text after the cursor as a
   * comment only: the better candidate is the one after which it would have written that text itself.
   */
  ranked(cursor: CursorContext, texts: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    return this.withContext(signal, async ({ model }, modelContext) => {
      const following = textAfter(cursor);
      if (model.infill !== undefined || following === '' || texts.length < 2) return texts;
      const { tokens, healedPrefix } = await this.prompts.promptFor(model, modelContext, cursor);
      const wanted = model.tokenize(following, false).slice(0, MAX_COMPARED_TOKENS);
      const scored: { readonly text: string; readonly score: number }[] = [];
      for (const text of texts) {
        const given = [...tokens, ...model.tokenize(healedPrefix + text.trimEnd(), false)];
        const score = await this.deps.decoder.likelihood(modelContext, given, wanted, signal);
        scored.push({ text, score });
      }
      return scored.toSorted((a, b) => b.score - a.score).map(({ text }) => text);
    });
  }

  factsAt(cursor: CursorContext): SyntaxFacts | undefined {
    return this.deps.contextProvider.factsAt(cursor);
  }

  /** Forgets which of other files the prompts for a document show. */
  forget(uri: string): void {
    this.prompts.forget(uri);
  }

  private async withContext<T>(
    signal: AbortSignal,
    work: (queue: ContextQueue, context: ModelContext) => Promise<T>,
    kind: 'completion' | 'warm-up' = 'completion',
  ): Promise<T> {
    const queue = await abortable(this.deps.host.contextQueue(kind), signal);
    return queue.use(signal, (context) => {
      this.context = context;
      return work(queue, context);
    });
  }
}

/** The rest of the line, or the next line, as it would follow a completion. */
function textAfter(cursor: CursorContext): string {
  const { suffix } = lineAround(cursor);
  if (suffix.trim() !== '') return suffix;
  return /^\s*\n[^\n]*\S[^\n]*/.exec(cursor.after.slice(suffix.length))?.[0] ?? '';
}
