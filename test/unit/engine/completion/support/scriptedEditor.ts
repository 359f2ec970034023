import type { Position } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionWhyResult } from '../../../../../src/protocol/completion.js';
import type {
  CompletionAnswer,
  CompletionOptions,
} from '../../../../../src/engine/completion/completionTypes.js';
import {
  NO_CONTEXT_PROVIDER,
  type ContextProvider,
} from '../../../../../src/engine/completion/prompt/contextProvider.js';
import { CompletionService } from '../../../../../src/engine/completion/completionService.js';
import { CompletionModel } from '../../../../../src/engine/completion/generation/completionModel.js';
import { VocabularyIndexes } from '../../../../../src/engine/decoding/tokenHealing.js';
import { SYSTEM_CLOCK, type Clock } from '../../../../../src/engine/completion/generation/clock.js';
import { Decoder } from '../../../../../src/engine/decoding/decoder.js';
import { ContextQueue } from '../../../../../src/engine/decoding/contextQueue.js';
import { Scheduler } from '../../../../../src/engine/decoding/scheduler.js';
import { ScriptedModel, type Step } from '../../../support/scriptedModel.js';

export interface EditorScript {
  /** Returns the model's text for a prompt, which ends with the text before the cursor. */
  readonly answer: (prompt: string) => string;
  readonly before?: (step: Step) => Promise<void> | void;
  readonly languageId?: string;
  /** Default true. */
  readonly infill?: boolean;
  /** Probability of each chosen token; default 1. */
  readonly probability?: number;
  readonly likelihood?: (given: string, text: string) => number;
  /** Assumed prefill speed in tokens per second; measured by default. */
  readonly prefillSpeed?: number;
  readonly contextTokens?: number;
  readonly contextProvider?: Partial<ContextProvider>;
  /** The system's by default. */
  readonly clock?: Clock;
  /** Called with a debug line for each request. */
  readonly log?: (line: string) => void;
}

class PacedDecoder extends Decoder {
  constructor(private readonly tokensPerSecond: number) {
    super(new Scheduler());
  }

  override prefillSpeedOf(): number {
    return this.tokensPerSecond;
  }
}

/** An editor with one document and a cursor, and the engine with a scripted model. */
export class ScriptedEditor {
  readonly model: ScriptedModel;
  readonly service: CompletionService;
  readonly extended: { readonly uri: string; readonly line: number; readonly character: number }[] = [];
  document: TextDocument;
  offset: number;

  /** @param marked the document, with `▮` at the cursor */
  constructor(marked: string, script: EditorScript) {
    this.offset = marked.indexOf('▮');
    this.document = TextDocument.create(
      'file:///case',
      script.languageId ?? 'typescript',
      1,
      marked.replace('▮', ''),
    );
    const { probability = 1, ...scripted } = script;
    this.model = new ScriptedModel({ infill: true, ...scripted, probability: () => probability });
    const { prefillSpeed, contextTokens = 4096 } = script;
    const decoder =
      prefillSpeed === undefined ? new Decoder(new Scheduler()) : new PacedDecoder(prefillSpeed);
    const queue = new ContextQueue(this.model, 'completion', {
      contextTokens,
      batchTokens: 512,
      sequences: 3,
    });
    const completionModel = new CompletionModel({
      vocabularies: new VocabularyIndexes(),
      host: { contextQueue: () => Promise.resolve(queue) },
      decoder,
      ...(script.clock === undefined ? {} : { clock: script.clock }),
      contextProvider: { ...NO_CONTEXT_PROVIDER, ...script.contextProvider },
      latencyGoal: () => 400,
    });
    const { clock = SYSTEM_CLOCK, log = () => undefined } = script;
    const onDidExtend = (uri: string, position: Position): void =>
      void this.extended.push({ uri, ...position });
    const status = { during: <T>(_: unknown, work: () => Promise<T>): Promise<T> => work() };
    this.service = new CompletionService(completionModel, status, { onDidExtend, log, clock });
  }

  /** Tokens decoded so far. */
  get tokens(): number {
    return this.model.steps.filter(({ operation }) => operation === 'token').length;
  }

  /** Decodings started so far. */
  get decodings(): number {
    return this.model.steps.filter(({ operation }) => operation === 'rewind').length;
  }

  /** Inserts `text` at the cursor, and `closing` after it, as an editor that closes brackets does. */
  type(text: string, closing = ''): void {
    this.edit(this.offset, this.offset, text + closing);
    this.offset += text.length;
  }

  backspace(count = 1): void {
    this.edit(this.offset - count, this.offset, '');
    this.offset -= count;
  }

  /** The ghost text at the cursor, `''` for none. */
  async ask(
    options: Partial<CompletionOptions> = {},
    signal = new AbortController().signal,
  ): Promise<string> {
    const answer = await this.answer(options, signal);
    return answer.completions[0]?.insertText ?? '';
  }

  answer(
    options: Partial<CompletionOptions> = {},
    signal = new AbortController().signal,
  ): Promise<CompletionAnswer> {
    const position = this.document.positionAt(this.offset);
    return this.service.complete(
      this.document,
      position,
      { isInvoked: false, maxLines: 12, ...options },
      signal,
    );
  }

  /** The outcome of the last request at the cursor, or of a new one. */
  why(): Promise<CompletionWhyResult> {
    const position = this.document.positionAt(this.offset);
    return this.service.why(this.document, position, { maxLines: 12 }, new AbortController().signal);
  }

  private edit(start: number, end: number, text: string): void {
    const before = this.document.getText();
    this.document = TextDocument.create(
      this.document.uri,
      this.document.languageId,
      this.document.version + 1,
      before.slice(0, start) + text + before.slice(end),
    );
    this.service.changed(this.document);
  }
}
