import type { Position } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionSource } from '../../protocol/completion.js';
import type { StatusReporter } from '../statusReporter.js';
import { abortable } from '../abortable.js';
import { awaitPart } from './awaitPart.js';
import type { Completion, CompletionAnswer, CompletionOptions } from './completionAnswer.js';
import { contextOf } from './completionContext.js';
import { figuresOf } from './completionFigures.js';
import { completionItems, knownItems, sureTextOf } from './completionItems.js';
import { CurrentGeneration } from './currentGeneration.js';
import { earlyPlace } from './earlyPlace.js';
import { isWorthAsking } from './gates/isWorthAsking.js';
import type { Generation, GenerationTask } from './generation.js';
import { taskFor, type Request } from './generationTask.js';
import type { Generator } from './generator.js';
import { isSecretFile } from './secretFiles.js';
import { isUnfit } from './gates/isUnfit.js';
import { KnownAnswers, type FoundAnswer } from './knownAnswers.js';
import { LookAhead } from './lookAhead.js';
import { MoreCandidates } from './moreCandidates.js';
import { advanced, isSameCursor, placeAt, type Place } from './place.js';
import { WarmUp } from './warmUp.js';
import { TypingRhythm } from './typingRhythm.js';

/** What to tell of answers that have become longer than they were given. */
export type OnGrown = (uri: string, position: Position) => void;

/**
 * Makes ghost text. An answer that is known is given at once; a decoding that agrees with what was typed is gone on
 * with; only then, after a wait that follows the user's rhythm, a new one is begun. There is one decoding at a time.
 */
export class CompletionService {
  private readonly answers = new KnownAnswers();
  private readonly rhythm = new TypingRhythm();
  private readonly lookAhead = new LookAhead();
  private readonly current: CurrentGeneration;
  private readonly warmUp: WarmUp;
  private readonly candidates: MoreCandidates;
  private newest: AbortController | undefined;
  private last: (Request & { readonly at: number }) | undefined;
  /** The last answer that was given in part, and the text that was given. */
  private owed: { readonly place: Place; readonly text: string; readonly onGrown: () => void } | undefined;

  constructor(
    private readonly generator: Generator,
    status: Pick<StatusReporter, 'during'>,
    private readonly onGrown: OnGrown = () => undefined,
  ) {
    this.warmUp = new WarmUp(generator);
    this.current = new CurrentGeneration(generator, status, (generation) => this.ended(generation));
    this.candidates = new MoreCandidates(this.current, generator, this.answers);
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
    if (isSecretFile(document.uri) || isUnfit(document, position)) return undefined;
    const own = this.becomeNewest();
    const place = placeAt(document, position, options.selected, options.earlierText);
    const request = { document, position, place, options } as const;
    this.last = { ...request, at: performance.now() };
    if (!isWorthAsking(contextOf(place), options.isInvoked)) return this.nothing(request);
    const found = this.answers.find(place, options.isInvoked);
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
    this.warmUp.cancel();
    this.lookAhead.cancel();
    this.current.abortUnlessFitting(document);
    this.rhythm.key(performance.now());
    this.beginEarly(document);
  }

  closed(uri: string): void {
    this.generator.forget(uri);
    if (this.current.uri === uri) this.current.abort();
    if (this.last?.place.uri !== uri) return;
    this.lookAhead.cancel();
    this.warmUp.cancel();
    this.newest?.abort(new DOMException('the document is closed', 'AbortError'));
    this.last = undefined;
  }

  /**
   * The user is there without having typed: the prompt of this place is evaluated ahead, until a key comes.
   * @param isWriting whether all that idle time can do is wanted, as where somebody writes
   */
  async moved(document: TextDocument, position: Position, isWriting = false): Promise<void> {
    if (isSecretFile(document.uri) || isUnfit(document, position)) return;
    const place = placeAt(document, position);
    this.leaveFor(place);
    if (this.current.isRunning) return;
    await (isWriting ? this.warmUp.rest(place) : this.warmUp.begin(place));
  }

  /** What would follow an answer that the user has gone away from is of no use. */
  private leaveFor(place: Place): void {
    if (this.last === undefined || isSameCursor(this.last.place, place)) return;
    this.lookAhead.cancel();
    if (this.current.isAhead) this.current.keepFor(place);
  }

  private restSoon(): void {
    const here = (): Place | undefined => (this.current.isRunning ? undefined : this.last?.place);
    this.warmUp.restSoon(here);
  }

  /** A place ahead of the user has no syntax tree yet. */
  private taskFor(request: Request, place: Place, isAhead = false): GenerationTask {
    return taskFor(request, place, isAhead ? undefined : this.generator.factsAt(place));
  }

  private beginEarly(document: TextDocument): void {
    const { last, current } = this;
    const now = performance.now();
    if (last === undefined || current.isRunning || this.rhythm.wait(now) > 0) return;
    const place = earlyPlace(last, now - last.at, document);
    if (place === undefined || this.answers.find(place) !== undefined) return;
    current.begin(this.taskFor(last, place), 'completion');
    current.abortSoon();
  }

  private becomeNewest(): AbortController {
    this.newest?.abort(new DOMException('a newer request came', 'AbortError'));
    this.warmUp.cancel();
    this.lookAhead.cancel();
    this.newest = new AbortController();
    return this.newest;
  }

  private nothing({ place }: Request): CompletionAnswer {
    this.current.keepFor(place);
    return { completions: [], figures: figuresOf('cached', undefined, this.generator.totals) };
  }

  private known(request: Request, found: FoundAnswer): CompletionAnswer {
    const { texts, source, typed } = found;
    this.current.keepFor(request.place);
    this.owed = undefined;
    const [first] = texts;
    if (first !== undefined && !this.current.isRunning) this.prepare(request, first, typed.length);
    this.restSoon();
    const figures = figuresOf(source, undefined, this.generator.totals);
    return { completions: knownItems(request, found), figures };
  }

  private async decoded(request: Request, signal: AbortSignal): Promise<CompletionAnswer> {
    const { document, position, place, options } = request;
    const started = performance.now();
    const due = (source: CompletionSource): number | undefined => {
      if (options.partAfter === undefined || options.isInvoked) return undefined;
      return source === 'followed' ? 0 : this.rhythm.partDue(options.partAfter);
    };
    for (let source: CompletionSource = 'followed'; ; source = 'decoded') {
      let generation = this.current.following(place, options.isInvoked);
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
        this.owed = { place, text: sureTextOf(part), onGrown: () => this.onGrown(document.uri, position) };
      const completions = completionItems(request, part);
      if (options.isInvoked && options.isSingle !== true)
        return this.withCandidates(request, signal, { completions, generation, source });
      if (!part.isPart) this.prepare(request, part.text, 0);
      return { completions, figures: figuresOf(source, generation, this.generator.totals) };
    }
  }

  /** A client that asks again when told gets the first at once; another one waits for all of them. */
  private async withCandidates(
    request: Request,
    signal: AbortSignal,
    first: { completions: Completion[]; generation: Generation; source: CompletionSource },
  ): Promise<CompletionAnswer> {
    const { document, position, place, options } = request;
    const canGrow = options.partAfter !== undefined;
    const task = this.taskFor(request, place);
    const more = this.candidates.gather(task, canGrow ? 'warm-up' : 'completion', signal);
    const figures = figuresOf(first.source, first.generation, this.generator.totals);
    if (canGrow) {
      more.then(
        (count) => (count > 0 ? this.onGrown(document.uri, position) : undefined),
        () => undefined,
      );
      return { completions: first.completions, figures };
    }
    await abortable(more, signal);
    const found = this.answers.find(place, true);
    return found === undefined
      ? { completions: first.completions, figures }
      : { ...this.known(request, found), figures };
  }

  private ended(generation: Generation): void {
    const { owed } = this;
    this.owed = undefined;
    if (generation.state !== 'whole') return;
    this.restSoon();
    const { text, replaces, marks } = generation.shown();
    const { place, isInvoked } = generation.task;
    this.answers.add({ place, texts: text === '' ? [] : [text], replaces, marks, isInvoked });
    const found = owed === undefined ? undefined : this.answers.find(owed.place);
    const whole = found?.texts[0]?.slice(0, found.sure);
    if (owed !== undefined && whole !== owed.text) owed.onGrown();
  }

  /** Begins what would follow the acceptance of an answer, once the user has had a look at it. */
  private prepare(request: Request, text: string, typed: number): void {
    if (text.trim() === '') return;
    const { place } = request;
    const next = advanced(place, text);
    this.lookAhead.after(typed, () => {
      if (this.current.isRunning || this.answers.find(next) !== undefined) return;
      this.warmUp.cancel();
      this.current.begin(
        { ...this.taskFor(request, next, true), isInvoked: false, basis: { place, text } },
        'warm-up',
      );
    });
  }
}
