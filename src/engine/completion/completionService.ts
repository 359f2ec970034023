import { setTimeout } from 'node:timers/promises';
import type { Position } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionFigures, CompletionSource } from '../../protocol/completion.js';
import type { StatusReporter } from '../statusReporter.js';
import { contextOf } from './completionContext.js';
import { figuresOf } from './completionFigures.js';
import { completionItem, type Completion } from './completionItem.js';
import { CurrentGeneration } from './currentGeneration.js';
import { isWorthAsking } from './gates/isWorthAsking.js';
import type { Generation, GenerationTask, Part } from './generation.js';
import type { Generator } from './generator.js';
import { isUnfit } from './gates/isUnfit.js';
import { KnownAnswers, type FoundAnswer } from './knownAnswers.js';
import { LookAhead } from './lookAhead.js';
import { advanced, placeAt, type Place, type SelectedItem } from './place.js';
import { shapeFor } from './stopRules.js';
import { TypingRhythm } from './typingRhythm.js';
import { withoutClosing } from './withoutClosing.js';

export interface CompletionOptions {
  readonly isInvoked: boolean;
  readonly maxLines: number;
  /** Milliseconds after which a part of an answer is given, where the client asks again when told that it has grown. */
  readonly partAfter?: number;
  /** The item selected in the editor's suggestion list: a completion begins with its text. */
  readonly selected?: SelectedItem;
  readonly indent?: { readonly useTabs: boolean; readonly size: number };
}

export interface CompletionAnswer {
  /** The best first; none when there is nothing worth showing. */
  readonly completions: readonly Completion[];
  readonly figures: CompletionFigures;
}

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
  private newest: AbortController | undefined;
  private warming: AbortController | undefined;
  /** The last answer that was given in part, and the text that was given. */
  private owed: { readonly place: Place; readonly text: string; readonly onGrown: () => void } | undefined;

  constructor(
    private readonly generator: Generator,
    status: Pick<StatusReporter, 'during'>,
    private readonly onGrown: OnGrown = () => undefined,
  ) {
    this.current = new CurrentGeneration(generator, status, (generation) => this.ended(generation));
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
    if (isUnfit(document, position)) return undefined;
    const own = this.becomeNewest();
    const place = placeAt(document, position, options.selected);
    const request = { document, position, place, options } as const;
    this.rhythm.key(performance.now());
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
    this.warming?.abort();
    this.lookAhead.cancel();
    this.current.abortUnlessFitting(document);
  }

  closed(uri: string): void {
    this.generator.forget(uri);
    if (this.current.uri === uri) this.current.abort();
  }

  /** The user is there without having typed: the prompt of this place is evaluated ahead, until a key comes. */
  async moved(document: TextDocument, position: Position): Promise<void> {
    if (this.current.isRunning || isUnfit(document, position)) return;
    const place = placeAt(document, position);
    this.warming?.abort();
    const warming = new AbortController();
    this.warming = warming;
    await this.generator.warm(place, warming.signal).catch((error: unknown) => {
      if (!warming.signal.aborted) throw error;
    });
  }

  private becomeNewest(): AbortController {
    this.newest?.abort(new DOMException('a newer request came', 'AbortError'));
    this.warming?.abort();
    this.lookAhead.cancel();
    this.newest = new AbortController();
    return this.newest;
  }

  private nothing({ place }: Request): CompletionAnswer {
    this.current.keepFor(place);
    return { completions: [], figures: figuresOf('cached', undefined, this.generator.totals) };
  }

  private known(
    request: Request,
    { texts, replaces, source, closing, typed }: FoundAnswer,
  ): CompletionAnswer {
    const { place, options } = request;
    this.current.keepFor(place);
    this.owed = undefined;
    const context = contextOf(place);
    const shown = texts.map((text) => (closing === '' ? text : withoutClosing(text, context)));
    const [first] = shown;
    if (first !== undefined && !this.current.isRunning) this.prepare(request, first, typed.length);
    return {
      completions: shown
        .slice(0, options.isInvoked ? undefined : 1)
        .flatMap((text) => this.item(request, { text, replaces })),
      figures: figuresOf(source, undefined, this.generator.totals),
    };
  }

  private async decoded(request: Request, signal: AbortSignal): Promise<CompletionAnswer> {
    const { place, options } = request;
    const started = performance.now();
    for (let source: CompletionSource = 'followed'; ; source = 'decoded') {
      let generation = this.current.following(place, options.isInvoked);
      if (generation === undefined) {
        this.current.abort();
        source = 'decoded';
        if (!options.isInvoked) await pause(this.rhythm.wait(performance.now()), signal);
        generation = this.current.begin(taskFor(request, place), 'completion');
      }
      const part = await this.awaited(generation, request, signal, started, source);
      if (part === undefined) continue;
      const completions = this.item(request, part);
      if (!part.isPart) this.prepare(request, part.text, 0);
      return { completions, figures: figuresOf(source, generation, this.generator.totals) };
    }
  }

  /** What a decoding has for a place, whole or in part; `undefined` when it goes on otherwise than the user. */
  private async awaited(
    generation: Generation,
    { place, options, document, position }: Request,
    signal: AbortSignal,
    started: number,
    source: CompletionSource,
  ): Promise<Part | undefined> {
    const due = options.partAfter === undefined ? undefined : this.rhythm.partDue(options.partAfter);
    for (;;) {
      signal.throwIfAborted();
      // Ended by a change of the text: the state that is asked for is not there any more.
      generation.signal.throwIfAborted();
      generation.throwIfFailed();
      const part = generation.partFor(place);
      if (part === undefined) return undefined;
      this.rhythm.firstText(generation.firstTextMs);
      if (!part.isPart) return part;
      const waited = performance.now() - started;
      if (due !== undefined && (waited >= due || source === 'followed') && isEnough(part.text)) {
        this.owed = { place, text: part.text, onGrown: () => this.onGrown(document.uri, position) };
        return part;
      }
      await generation.next(signal);
    }
  }

  private item({ document, position, place, options }: Request, shown: Part | Shown): Completion[] {
    const context = contextOf(place);
    const text =
      'closing' in shown && shown.closing !== '' ? withoutClosing(shown.text, context) : shown.text;
    if (text.trim() === '') return [];
    return [completionItem(document, position, { ...shown, text }, options.selected)];
  }

  private ended(generation: Generation): void {
    const { owed } = this;
    this.owed = undefined;
    if (generation.state !== 'whole') return;
    const { text, replaces } = generation.shown();
    const { place, isInvoked } = generation.task;
    this.answers.add({ place, texts: text === '' ? [] : [text], replaces, isInvoked });
    const found = owed === undefined ? undefined : this.answers.find(owed.place);
    if (owed !== undefined && found?.texts[0] !== owed.text) owed.onGrown();
  }

  /** Begins what would follow the acceptance of an answer, once the user has had a look at it. */
  private prepare(request: Request, text: string, typed: number): void {
    if (text.trim() === '') return;
    const { place } = request;
    const next = advanced(place, text);
    this.lookAhead.after(typed, () => {
      if (this.current.isRunning || this.answers.find(next) !== undefined) return;
      this.current.begin({ ...taskFor(request, next), isInvoked: false, basis: { place, text } }, 'warm-up');
    });
  }
}

interface Request {
  readonly document: TextDocument;
  readonly position: Position;
  readonly place: Place;
  readonly options: CompletionOptions;
}

interface Shown {
  readonly text: string;
  readonly replaces: number;
}

function taskFor({ options }: Request, place: Place): GenerationTask {
  const { isInvoked, maxLines, indent } = options;
  const context = contextOf(place, indent === undefined ? {} : { indent });
  return { place, context, shape: shapeFor(context, isInvoked), maxLines, isInvoked };
}

/** Shorter ones would only flicker. */
function isEnough(text: string): boolean {
  return text.trim().length >= 4;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await setTimeout(milliseconds, undefined, { signal });
}
