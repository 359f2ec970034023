import type { Position } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionSource } from '../../protocol/completion.js';
import type { StatusReporter } from '../status/statusReporter.js';
import { abortable } from '../cancellation.js';
import { awaitPart } from './generation/partialAnswer.js';
import type { Completion, CompletionAnswer, CompletionOptions } from './completionAnswer.js';
import { contextOf } from './cursor/completionContext.js';
import { statsOf } from './generation/completionStats.js';
import { completionItems, knownItems, confidentTextOf } from './completionItems.js';
import { CurrentGeneration } from './generation/currentGeneration.js';
import { earlyPlace } from './cursor/earlyRequest.js';
import { shouldTrigger } from './trigger/shouldTrigger.js';
import type { Generation, GenerationTask } from './generation/generation.js';
import { taskFor, type Request } from './generation/generationTask.js';
import type { Generator } from './generation/generator.js';
import { isSecretFile } from '../../protocol/secretFiles.js';
import { isUnsupportedPosition } from './trigger/isUnsupportedPosition.js';
import { CompletionCache, type CacheHit } from './generation/completionCache.js';
import { Prefetch } from './generation/prefetch.js';
import { MoreCandidates } from './generation/moreCandidates.js';
import { advanced, isSameCursor, cursorContextAt, type CursorContext } from './cursor/cursorContext.js';
import { PromptPrefill } from './generation/prefill.js';
import { TypingRhythm } from './generation/typingRhythm.js';

/** What to tell of answers that have become longer than they were given. */
export type OnDidExtend = (uri: string, position: Position) => void;

/**
 * Makes ghost text. An answer that is known is given at once; a decoding that agrees with what was typed is gone on
 * with; only then, after a wait that follows the user's rhythm, a new one is begun. There is one decoding at a time.
 */
export class CompletionService {
  private readonly cache = new CompletionCache();
  private readonly rhythm = new TypingRhythm();
  private readonly prefetch = new Prefetch();
  private readonly current: CurrentGeneration;
  private readonly prefill: PromptPrefill;
  private readonly candidates: MoreCandidates;
  private newest: AbortController | undefined;
  private last: (Request & { readonly at: number }) | undefined;
  /** The last answer that was given in part, and the text that was given. */
  private pendingUpdate:
    { readonly place: CursorContext; readonly text: string; readonly onDidExtend: () => void } | undefined;

  constructor(
    private readonly generator: Generator,
    status: Pick<StatusReporter, 'during'>,
    private readonly onGrown: OnDidExtend = () => undefined,
  ) {
    this.prefill = new PromptPrefill(generator);
    this.current = new CurrentGeneration(generator, status, (generation) => this.ended(generation));
    this.candidates = new MoreCandidates(this.current, generator, this.cache);
  }

  /**
   * A newer request ends the one before it: only the latest state of the text is worth answering.
   * @returns `undefined` where nothing is ever suggested
   * @throws EngineError; the signal's reason when aborted
   */
  async complete(
    document: TextDocument,
    position: Position,
    options: CompletionOptions,
    signal: AbortSignal,
  ): Promise<CompletionAnswer | undefined> {
    signal.throwIfAborted();
    if (isSecretFile(document.uri) && options.allowSecretFile !== true) return undefined;
    if (isUnsupportedPosition(document, position)) return undefined;
    const own = this.becomeNewest();
    const place = cursorContextAt(document, position, options.selected, options.earlierText);
    const request = { document, position, place, options } as const;
    this.last = { ...request, at: performance.now() };
    if (!shouldTrigger(contextOf(place), options.isInvoked)) return this.nothing(request);
    const found = this.cache.find(place, options);
    if (found !== undefined) return this.known(request, found);
    try {
      return await this.decoded(request, AbortSignal.any([signal, own.signal]));
    } finally {
      // VS Code cancels at a key, and asks again a moment later: what agrees with that key is worth waiting for.
      if (signal.aborted && !own.signal.aborted) this.current.abortSoon();
    }
  }

  /** A document has changed: a decoding that does not agree with it ends here, not with the next request. */
  changed(document: TextDocument): void {
    this.prefill.cancel();
    this.prefetch.cancel();
    this.current.abortUnlessFitting(document);
    this.rhythm.key(performance.now());
    this.beginEarly(document);
  }

  /** Forgets what the model before wrote, because another one may be used from now on. */
  modelChanged(): void {
    this.prefill.cancel();
    this.prefetch.cancel();
    this.current.abort();
    this.cache.clear();
  }

  closed(uri: string): void {
    this.generator.forget(uri);
    if (this.current.uri === uri) this.current.abort();
    if (this.last?.place.uri !== uri) return;
    this.prefetch.cancel();
    this.prefill.cancel();
    this.newest?.abort(new DOMException('the document is closed', 'AbortError'));
    this.last = undefined;
  }

  /**
   * The user is there without having typed: the prompt of this place is evaluated ahead, until a key comes.
   * @param isWriting whether all that idle time can do is wanted, as where somebody writes
   */
  async moved(document: TextDocument, position: Position, isWriting = false): Promise<void> {
    if (isSecretFile(document.uri) || isUnsupportedPosition(document, position)) return;
    const place = cursorContextAt(document, position);
    this.leaveFor(place);
    if (this.current.isRunning) return;
    await (isWriting ? this.prefill.prefillExtended(place) : this.prefill.begin(place));
  }

  /** What would follow an answer that the user has gone away from is of no use. */
  private leaveFor(place: CursorContext): void {
    if (this.last === undefined || isSameCursor(this.last.place, place)) return;
    this.prefetch.cancel();
    if (this.current.isPrefetch) this.current.keepFor(place);
  }

  private restSoon(): void {
    const here = (): CursorContext | undefined => (this.current.isRunning ? undefined : this.last?.place);
    this.prefill.prefillWhenIdle(here);
  }

  /** A place ahead of the user has no syntax tree yet. */
  private taskFor(request: Request, place: CursorContext, isAhead = false): GenerationTask {
    return taskFor(request, place, isAhead ? undefined : this.generator.factsAt(place));
  }

  private beginEarly(document: TextDocument): void {
    const { last, current } = this;
    const now = performance.now();
    if (last === undefined || current.isRunning || this.rhythm.wait(now) > 0) return;
    const place = earlyPlace(last, now - last.at, document);
    if (place === undefined || this.cache.find(place, { maxLines: last.options.maxLines }) !== undefined)
      return;
    current.begin(this.taskFor(last, place), 'completion');
    current.abortSoon();
  }

  private becomeNewest(): AbortController {
    this.newest?.abort(new DOMException('a newer request came', 'AbortError'));
    this.prefill.cancel();
    this.prefetch.cancel();
    this.newest = new AbortController();
    return this.newest;
  }

  private nothing({ place }: Request): CompletionAnswer {
    this.current.keepFor(place);
    return { completions: [], figures: statsOf('cached', undefined, this.generator.totals) };
  }

  private known(request: Request, found: CacheHit): CompletionAnswer {
    const { texts, source, typed } = found;
    this.current.keepFor(request.place);
    this.pendingUpdate = undefined;
    const [first] = texts;
    if (first !== undefined && !this.current.isRunning) this.prepare(request, first, typed.length);
    this.restSoon();
    const figures = statsOf(source, undefined, this.generator.totals);
    return { completions: knownItems(request, found), figures };
  }

  private async decoded(request: Request, signal: AbortSignal): Promise<CompletionAnswer> {
    const { document, position, place, options } = request;
    const started = performance.now();
    const due = (source: CompletionSource): number | undefined => {
      if (options.partialAfterMs === undefined || options.isInvoked) return undefined;
      return source === 'followed' ? 0 : this.rhythm.partDue(options.partialAfterMs);
    };
    for (let source: CompletionSource = 'followed'; ; source = 'decoded') {
      let generation = this.current.following(place, options);
      if (generation === undefined) {
        this.current.abort();
        source = 'decoded';
        if (!options.isInvoked) await this.rhythm.pause(signal);
        generation = this.current.begin(this.taskFor(request, place), 'completion');
      }
      const part = await awaitPart(generation, place, { due: due(source), started }, signal);
      this.rhythm.firstText(generation.firstTextMs);
      if (part === undefined) continue;
      if (part.isPart)
        this.pendingUpdate = {
          place,
          text: confidentTextOf(part),
          onDidExtend: () => this.onGrown(document.uri, position),
        };
      const completions = completionItems(request, part);
      if (options.isInvoked && options.isSingle !== true)
        return this.withCandidates(request, signal, { completions, generation, source });
      if (!part.isPart) this.prepare(request, part.text, 0);
      return { completions, figures: statsOf(source, generation, this.generator.totals) };
    }
  }

  /** A client that asks again when told gets the first at once; another one waits for all of them. */
  private async withCandidates(
    request: Request,
    signal: AbortSignal,
    first: { completions: Completion[]; generation: Generation; source: CompletionSource },
  ): Promise<CompletionAnswer> {
    const { document, position, place, options } = request;
    const canGrow = options.partialAfterMs !== undefined;
    const task = this.taskFor(request, place);
    const more = this.candidates.gather(task, canGrow ? 'warm-up' : 'completion', signal);
    const figures = statsOf(first.source, first.generation, this.generator.totals);
    if (canGrow) {
      more.then(
        (count) => (count > 0 ? this.onGrown(document.uri, position) : undefined),
        () => undefined,
      );
      return { completions: first.completions, figures };
    }
    await abortable(more, signal);
    const found = this.cache.find(place, options);
    return found === undefined
      ? { completions: first.completions, figures }
      : { ...this.known(request, found), figures };
  }

  private ended(generation: Generation): void {
    const { pendingUpdate } = this;
    this.pendingUpdate = undefined;
    if (generation.state !== 'whole') return;
    this.restSoon();
    const { text, replaces, marks } = generation.shown();
    const { place, isInvoked, maxLines } = generation.task;
    this.cache.add({ place, texts: text === '' ? [] : [text], replaces, marks, isInvoked, maxLines });
    const found =
      pendingUpdate === undefined ? undefined : this.cache.find(pendingUpdate.place, { maxLines });
    const whole = found?.texts[0]?.slice(0, found.sure);
    if (pendingUpdate !== undefined && whole !== pendingUpdate.text) pendingUpdate.onDidExtend();
  }

  /** Begins what would follow the acceptance of an answer, once the user has had a look at it. */
  private prepare(request: Request, text: string, typed: number): void {
    if (text.trim() === '') return;
    const { place } = request;
    const next = advanced(place, text);
    this.prefetch.after(typed, () => {
      if (
        this.current.isRunning ||
        this.cache.find(next, { maxLines: request.options.maxLines }) !== undefined
      )
        return;
      this.prefill.cancel();
      this.current.begin(
        { ...this.taskFor(request, next, true), isInvoked: false, basis: { place, text } },
        'warm-up',
      );
    });
  }
}
