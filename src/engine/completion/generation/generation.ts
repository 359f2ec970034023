import { newStats, type DecodeStats } from '../../decoding/decodeRun.js';
import type { Decoder } from '../../decoding/decoder.js';
import { TextStream } from '../../decoding/output/textStream.js';
import { GREEDY, type Model, type ModelContext, type Sampling } from '../../model/model.js';
import type { WorkKind } from '../../../protocol/status.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import type { CompletionPrompt } from '../prompt/completionPrompt.js';
import type { CursorContext } from '../cursor/cursorContext.js';
import type { Snippet } from '../context/fileSnippets.js';
import { mayBecome, remainingAfter } from '../cursor/remainingAfter.js';
import { shownText } from '../postprocess/rules.js';
import { TokenLoop } from '../../decoding/loopDetector.js';
import { StopRules, type CompletionMode } from '../postprocess/stopRules.js';
import { confidentLength, type TokenProbability } from './confidence.js';
import { Healer, type VocabularyIndex } from '../../decoding/tokenHealing.js';
import { typedBetween } from '../cursor/typedBetween.js';

const TOKENS_PER_LINE = 24;
const LINES_AFTER_A_FINISHED_ONE = 2;

export interface GenerationTask {
  readonly place: CursorContext;
  readonly context: CompletionContext;
  readonly shape: CompletionMode;
  /** The request's line limit. */
  readonly maxLines: number;
  readonly isInvoked: boolean;
  readonly sampling?: Sampling;
  /** Where it is begun ahead of the user: the place that the user is at, and the text that leads from there. */
  readonly basis?: { readonly place: CursorContext; readonly text: string };
}

export interface GenerationPrompt extends CompletionPrompt {
  /** The end of the line that is left to token healing. */
  readonly healedPrefix: string;
  /** Other files' snippets that the prompt shows. */
  readonly snippets: readonly Snippet[];
}

export interface ShownGeneration {
  readonly text: string;
  readonly replaces: number;
  /** How sure the model was; empty where that isn't known. */
  readonly marks: readonly TokenProbability[];
}

/** What a decoding has for somebody who has typed on since it began. */
export interface Part {
  readonly text: string;
  /** Characters of the text that are worth showing. */
  readonly sure: number;
  readonly replaces: number;
  /** What the editor has put behind the cursor meanwhile. */
  readonly closing: string;
  /** Whether more may come. */
  readonly isPart: boolean;
}

export type GenerationState = 'running' | 'whole' | 'failed';

/**
 * One decoding and the text it has brought so far. Requests come and go while it runs: whoever types what it writes
 * goes on with it.
 */
export class Generation {
  readonly figures: DecodeStats = newStats();
  /** Foreground while somebody waits for it. */
  kind: WorkKind;
  state: GenerationState = 'running';
  /** Milliseconds from its beginning to the first text; `undefined` before. */
  firstTextMs: number | undefined;
  stop = '';
  model = '';
  promptKind: 'infill' | 'continuation' = 'infill';
  private readonly begun = performance.now();
  /** Text beyond the place, as the model wrote it. */
  private raw = '';
  private readonly marks: TokenProbability[] = [];
  /** The task's context and, once the prompt is made, the snippets that it shows. */
  private context: CompletionContext;
  private nextLine: StopRules | undefined;
  private error: unknown;
  private readonly ending = new AbortController();
  private readonly listeners = new Set<() => void>();
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;
  private end: () => void = () => undefined;

  constructor(
    readonly task: GenerationTask,
    kind: WorkKind,
  ) {
    this.kind = kind;
    this.context = task.context;
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** @throws what ended it, if it failed */
  throwIfFailed(): void {
    if (this.state === 'failed')
      throw this.error instanceof Error ? this.error : new Error(String(this.error));
  }

  abort(reason = 'the text went on otherwise'): void {
    if (this.state === 'running') this.ending.abort(new DOMException(reason, 'AbortError'));
  }

  /** Decodes to the end; never rejects: what goes wrong is told by {@link throwIfFailed}. */
  async run(work: () => Promise<void>, onEnd: (generation: Generation) => void): Promise<void> {
    try {
      await work();
      this.state = 'whole';
    } catch (error) {
      this.state = 'failed';
      this.error = error;
    }
    onEnd(this);
    this.changed();
    this.end();
  }

  /** Decodes a prompt until a stop rule, the model, or an abort ends it. */
  async decode({ model, modelContext, decoder, index }: DecodeDeps, prompt: GenerationPrompt): Promise<void> {
    const { shape, sampling = GREEDY } = this.task;
    const context = { ...this.task.context, snippets: prompt.snippets };
    this.context = context;
    this.promptKind = prompt.kind;
    const maxLines = lineLimit(this.task);
    const healer = new Healer(prompt.healedPrefix, index);
    let stopRules = new StopRules(context, shape, maxLines);
    const loop = new TokenLoop();
    const stream = new TextStream(model);
    const maxTokens = Math.min(
      TOKENS_PER_LINE * (shape === 'line' ? 3 : Math.max(3, maxLines)),
      modelContext.contextTokens - prompt.tokens.length - 1,
    );
    let probability = 1;
    const options = {
      kind: () => this.kind,
      sampling,
      maxTokens,
      signal: this.signal,
      choice: healer.tokenConstraint,
      onProbability: (each: number) => {
        probability = each;
      },
    };
    for await (const token of decoder.decode(modelContext, prompt.tokens, options, this.figures)) {
      this.raw += healer.accept(stream.push(token));
      this.marks.push({ end: this.raw.length, probability });
      if (this.raw !== '') this.firstTextMs ??= performance.now() - this.begun;
      // The model takes the line for finished: what comes next is all that is left to say.
      if (shape === 'line' && this.raw.startsWith('\n') && context.lineSuffix === '')
        stopRules = this.nextLine ??= new StopRules(context, 'next', LINES_AFTER_A_FINISHED_ONE);
      const stop = stopRules.check(this.raw);
      if (stop !== undefined) {
        this.raw = this.raw.slice(0, stop.keep);
        this.stop = stop.reason;
        return;
      }
      if (loop.push(token)) {
        this.raw = '';
        this.stop = 'loop';
        return;
      }
      this.changed();
    }
    this.raw += healer.accept(stream.flush());
    this.stop = this.figures.finish === 'stop' ? 'model' : 'length';
  }

  /** What may be shown of it at the place where it began, whole or so far. */
  shown(): ShownGeneration {
    // Where decoding ended by its length, the last line is as unfinished as one that is still being written.
    const isUnfinished = this.state === 'running' || this.stop === 'length';
    const shown = shownText(this.raw, this.context, isUnfinished);
    // A text that the rules have written otherwise has lost its marks.
    return { ...shown, marks: this.raw.startsWith(shown.text) ? this.marks : [] };
  }

  /** Whether what was typed since it began agrees with what it has written so far. */
  follows(place: CursorContext): boolean {
    if (this.state === 'failed' || this.signal.aborted) return false;
    const typed = typedBetween(this.task.place, place);
    if (typed === undefined) return false;
    if (this.state === 'whole') return remainingAfter(this.shown().text, typed.text) !== undefined;
    return this.raw === '' || mayBecome(this.raw, typed.text);
  }

  /** What it has for a place, as yet; `undefined` when it goes on otherwise than the user, or has nothing more. */
  partFor(place: CursorContext): Part | undefined {
    if (!this.follows(place)) return undefined;
    const typed = typedBetween(this.task.place, place);
    if (typed === undefined) return undefined;
    const { text, replaces, marks } = this.shown();
    const isHere = typed.text === '' && typed.closing === '';
    const rest = remainingAfter(text, typed.text) ?? '';
    if (this.state !== 'running' && rest === '' && !isHere) return undefined;
    return {
      text: rest,
      sure: confidentLength(text, rest, marks),
      replaces: isHere ? replaces : 0,
      closing: typed.closing,
      isPart: this.state === 'running',
    };
  }

  /** Whether the user is still on the way to where it began. */
  leadsFrom(place: CursorContext): boolean {
    const { basis } = this.task;
    if (basis === undefined || this.state === 'failed' || this.signal.aborted) return false;
    const typed = typedBetween(basis.place, place);
    return typed !== undefined && remainingAfter(basis.text, typed.text) !== undefined;
  }

  /** Resolves at the next token, at the end, or when `signal` aborts. */
  next(signal: AbortSignal): Promise<void> {
    if (this.state !== 'running' || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.listeners.add(done);
      signal.addEventListener('abort', done);
    });
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

/** An explicit request gets longer texts. */
function lineLimit({ isInvoked, maxLines }: GenerationTask): number {
  return isInvoked ? maxLines : Math.ceil(maxLines / 2);
}

/** What a decoding is done with. */
export interface DecodeDeps {
  readonly model: Model;
  readonly modelContext: ModelContext;
  readonly decoder: Decoder;
  readonly index: VocabularyIndex;
}
