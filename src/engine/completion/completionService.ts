import type { Position, Range } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionFigures } from '../../protocol/completion.js';
import { abortable } from '../abortable.js';
import { Decoder, decodeSpeed, newFigures, type DecodeFigures } from '../decoding/decoder.js';
import type { Lane } from '../decoding/lane.js';
import { TextStream } from '../decoding/textStream.js';
import type { ModelHost } from '../model/modelHost.js';
import { GREEDY, type Model, type ModelContext } from '../model/model.js';
import type { StatusReporter } from '../statusReporter.js';
import { contextAt, type CompletionContext } from './completionContext.js';
import { completionPrompt } from './completionPrompt.js';
import { contextBudget } from './contextBudget.js';
import { applyRules } from './rules/rules.js';
import { shapeFor, StopRules } from './stopRules.js';
import { Healer, splitForHealing, VocabularyIndex } from './tokenHealing.js';

/** Minified code and data: nothing that a suggestion could be right about, and costly to look at. */
const LONGEST_LINE = 5000;
const TOKENS_PER_LINE = 24;

export interface CompletionOptions {
  readonly isInvoked: boolean;
  readonly maxLines: number;
  /** The item selected in the editor's suggestion list: a completion begins with its text. */
  readonly selected?: { readonly range: Range; readonly text: string };
}

export interface Completion {
  readonly insertText: string;
  /** What the text replaces; nothing but the cursor unless an item is selected. */
  readonly range: Range;
}

export interface CompletionAnswer {
  /** Absent when there is nothing worth showing. */
  readonly completion?: Completion;
  readonly figures: CompletionFigures;
}

/** Makes ghost text: context → prompt → decoding under stop rules → rules. */
export class CompletionService {
  private readonly indexes = new WeakMap<Model, VocabularyIndex>();
  private running: AbortController | undefined;

  constructor(
    private readonly host: ModelHost,
    private readonly decoder: Decoder,
    private readonly status: StatusReporter,
  ) {}

  /**
   * A newer request ends the one before it: only the latest state of the text is worth answering.
   * @throws EngineError; the signal's reason when aborted
   */
  async complete(
    document: TextDocument,
    position: Position,
    options: CompletionOptions,
    signal: AbortSignal,
  ): Promise<CompletionAnswer | undefined> {
    if (isUnfit(document, position)) return undefined;
    this.running?.abort(new DOMException('a newer request came', 'AbortError'));
    const running = new AbortController();
    this.running = running;
    const either = AbortSignal.any([signal, running.signal]);
    const lane = await abortable(this.host.lane('completion'), either);
    return this.status.during('completion', () =>
      lane.use(either, (context) => this.answer(lane, context, document, position, options, either)),
    );
  }

  private async answer(
    { model }: Lane,
    modelContext: ModelContext,
    document: TextDocument,
    position: Position,
    options: CompletionOptions,
    signal: AbortSignal,
  ): Promise<CompletionAnswer> {
    const budget = contextBudget(this.decoder.prefillSpeedOf(modelContext), modelContext.contextTokens);
    const { selected } = options;
    const context = withSelected(
      contextAt(document, selected?.range.start ?? position, budget),
      document,
      position,
      selected,
    );
    const figures = newFigures();
    const raw = await this.decode(model, modelContext, context, options, figures, signal);
    const text = applyRules(raw.text, context);
    const report: CompletionFigures = {
      model: model.id,
      source: 'decoded',
      prompt: raw.prompt,
      promptTokens: figures.promptTokens,
      cachedTokens: figures.cachedTokens,
      completionTokens: figures.completionTokens,
      firstTokenMs: figures.firstTokenMs,
      totalMs: figures.totalMs,
      tokensPerSecond: decodeSpeed(figures),
      stop: raw.stop,
    };
    if (text === '') return { figures: report };
    const insertText = (selected?.text ?? '') + text;
    const range = selected?.range ?? { start: position, end: position };
    return { completion: { insertText: withLineEnds(insertText, document), range }, figures: report };
  }

  private async decode(
    model: Model,
    modelContext: ModelContext,
    context: CompletionContext,
    { isInvoked, maxLines }: CompletionOptions,
    figures: DecodeFigures,
    signal: AbortSignal,
  ): Promise<{ text: string; stop: string; prompt: 'infill' | 'continuation' }> {
    const shape = shapeFor(context, isInvoked);
    const stopRules = new StopRules(context, shape, maxLines);
    const index = this.indexOf(model);
    const { kept, held } = splitForHealing(context.linePrefix, index);
    const healer = new Healer(held, index);
    const prompt = completionPrompt(model, context, kept);
    const stream = new TextStream(model);
    const maxTokens = Math.min(
      TOKENS_PER_LINE * (shape === 'line' ? 3 : maxLines),
      modelContext.contextTokens - prompt.tokens.length - 1,
    );
    const decoding = {
      kind: 'completion',
      sampling: GREEDY,
      maxTokens,
      signal,
      choice: healer.choice,
    } as const;
    let text = '';
    for await (const token of this.decoder.decode(modelContext, prompt.tokens, decoding, figures)) {
      text += healer.accept(stream.push(token));
      const stop = stopRules.check(text);
      if (stop !== undefined)
        return { text: text.slice(0, stop.keep), stop: stop.reason, prompt: prompt.kind };
    }
    text += healer.accept(stream.flush());
    return { text, stop: figures.finish === 'stop' ? 'model' : 'length', prompt: prompt.kind };
  }

  private indexOf(model: Model): VocabularyIndex {
    let index = this.indexes.get(model);
    if (index === undefined) {
      index = new VocabularyIndex(model);
      this.indexes.set(model, index);
    }
    return index;
  }
}

/** The document as it will be once the selected item is in. */
function withSelected(
  context: CompletionContext,
  document: TextDocument,
  position: Position,
  selected: CompletionOptions['selected'],
): CompletionContext {
  if (selected === undefined) return context;
  const replaced = Math.max(0, document.offsetAt(position) - document.offsetAt(selected.range.start));
  return {
    ...context,
    prefix: context.prefix + selected.text,
    linePrefix: context.linePrefix + selected.text,
    suffix: context.suffix.slice(replaced),
    lineSuffix: context.lineSuffix.slice(replaced),
  };
}

/** A line too long to be written by hand, or a cursor between the two halves of one character. */
function isUnfit(document: TextDocument, position: Position): boolean {
  const offset = document.offsetAt(position);
  const lineStart = document.offsetAt({ line: position.line, character: 0 });
  const lineEnd = document.offsetAt({ line: position.line, character: Number.MAX_SAFE_INTEGER });
  if (lineEnd - lineStart > LONGEST_LINE) return true;
  const around = document.getText({
    start: document.positionAt(Math.max(0, offset - 1)),
    end: document.positionAt(offset + 1),
  });
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(around) && offset > 0;
}

function withLineEnds(text: string, document: TextDocument): string {
  const firstLine = document.getText({ start: { line: 0, character: 0 }, end: { line: 1, character: 0 } });
  return firstLine.endsWith('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}
