import type { CompletionSource } from '../../../protocol/completion.js';
import { abortable } from '../../cancellation.js';
import { cachedItems, completionItems, outcomeOf, statsOf } from '../completionItems.js';
import type { Answered } from '../completionOutcomes.js';
import type { CompletionRequest, GeneratedText } from '../completionTypes.js';
import type { Clock } from './clock.js';
import type { CompletionCache } from './completionCache.js';
import type { CompletionModel } from './completionModel.js';
import type { CurrentGeneration } from './currentGeneration.js';
import type { Generation } from './generation.js';
import { taskFor, type GenerationTask } from './generationTask.js';
import { MoreCandidates, type Candidates } from './moreCandidates.js';
import type { PartialAnswers } from './partialAnswers.js';
import type { Prefetch } from './prefetch.js';
import type { TypingRhythm } from './typingRhythm.js';

export interface GeneratedAnswersDeps {
  readonly model: CompletionModel;
  readonly cache: CompletionCache;
  readonly current: CurrentGeneration;
  readonly partial: PartialAnswers;
  readonly prefetch: Prefetch;
  readonly rhythm: TypingRhythm;
  readonly clock: Clock;
}

/** Answers that the cache doesn't have: from the generation that runs, or from a new one. */
export class GeneratedAnswers {
  private readonly candidates: MoreCandidates;

  constructor(private readonly deps: GeneratedAnswersDeps) {
    this.candidates = new MoreCandidates(deps.current, deps.model);
  }

  /** @throws the signal's reason; a Cancellation; EngineError */
  async answer(request: CompletionRequest, signal: AbortSignal): Promise<Answered> {
    const { current, model, partial, prefetch, rhythm, clock } = this.deps;
    const { cursor, options } = request;
    let debounceMs = 0;
    for (let source: CompletionSource = 'followed'; ; source = 'decoded') {
      let generation = current.following(cursor, options);
      if (generation === undefined) {
        current.abort('textChanged');
        source = 'decoded';
        const pausedMs = clock.now();
        if (!options.isInvoked) await rhythm.pause(clock, signal);
        debounceMs = clock.now() - pausedMs;
        generation = current.start(taskFor(options, cursor, model.factsAt(cursor)), 'completion');
      }
      const part = await partial.wait(generation, request, source, signal);
      rhythm.firstText(generation.firstTextMs);
      // It continued otherwise than the user did.
      if (part === undefined) continue;
      const completions = completionItems(request, part);
      const answer: Answered = {
        completions,
        outcome: outcomeOf(completions, part, source),
        stats: statsOf(source, generation, model.totals),
        times: { debounceMs, ...generation.times },
      };
      if (options.isInvoked && options.isSingle !== true)
        return this.withCandidates(request, answer, part, signal);
      if (!part.isPart) prefetch.afterAnswer(request, part.text, 0);
      return answer;
    }
  }

  /** Caches what a generation wrote, whether a request waits for it or not. */
  generationEnded(generation: Generation): void {
    const { cache, partial, prefetch } = this.deps;
    const { task, state } = generation;
    if (state === 'whole') prefetch.prefillWhenIdle();
    // Further candidates are cached together with the first one.
    if (state === 'whole' && task.sampling === undefined) {
      const shown = generation.shown();
      const probabilities = generation.probabilitiesOf(shown);
      const texts = shown.text === '' ? [] : [shown.text];
      cache.add({ ...keyOf(task), ...shown, texts, probabilities });
    }
    partial.generationEnded(generation);
  }

  /** A client that can be notified gets the first candidate at once; another one waits for all of them. */
  private async withCandidates(
    request: CompletionRequest,
    first: Answered,
    shown: GeneratedText,
    signal: AbortSignal,
  ): Promise<Answered> {
    const { cache, model, partial, prefetch } = this.deps;
    const { cursor, options } = request;
    const task = taskFor(options, cursor, model.factsAt(cursor));
    const add = (found: Candidates): void => cache.add({ ...keyOf(task), ...found, probabilities: [] });
    const canExtend = options.partialAfterMs !== undefined;
    const priority = canExtend ? 'warm-up' : 'completion';
    const more = this.candidates.gather(shown, task, { priority, signal }, add);
    if (canExtend) {
      const notify = (count: number): void => {
        if (count > 0) partial.notify(request);
      };
      more.then(notify, () => undefined);
      return first;
    }
    await abortable(more, signal);
    const found = cache.find(cursor, options);
    if (found === undefined) return first;
    const [text = ''] = found.texts;
    prefetch.afterAnswer(request, text, 0);
    const completions = cachedItems(request, found);
    return {
      ...first,
      completions,
      outcome: outcomeOf(completions, { ...found, text, isPart: false }, 'decoded'),
    };
  }
}

/** What of a task an answer is found by. */
function keyOf({ cursor, isInvoked, maxLines }: GenerationTask): Key {
  return { cursor, isInvoked, maxLines };
}

type Key = Pick<GenerationTask, 'cursor' | 'isInvoked' | 'maxLines'>;
