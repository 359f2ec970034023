import type { Diagnostic } from 'vscode-languageserver-protocol';
import type { EditParams } from '../../../protocol/edit.js';
import { leadingMagics, withoutMagics } from '../../language/notebookCell.js';
import { isBlank, textsIn, type LineSpan } from '../../language/lines.js';
import type { AnswerWriter, EditPrompt } from '../answerWriter.js';
import { shapeOf, withoutMargin } from '../codeShape.js';
import { cleanDraft, endsInFence, type CleaningContext } from './draftCleaner.js';
import {
  impossible,
  spanText,
  spanTextOf,
  textWith,
  type EditOutcome,
  type EditSource,
  type EditTask,
  type ReportDraft,
} from '../editTask.js';
import type { Checkers } from '../../checkers/checkers.js';
import { CheckerValidator } from './checkerValidator.js';
import { fixPrompt, type FixQuestion } from './fixPrompt.js';
import { findRegion, wholeLines } from './region.js';
import { repair, type Attempt } from './repairLoop.js';
import { isRunaway } from '../../decoding/loopDetector.js';
import {
  SyntaxValidator,
  TextValidator,
  type Candidate,
  type SyntaxReader,
  type Validator,
} from './validator.js';

/** A smaller model is shown two solved examples, and no code around the region. */
const SMALL_MODEL_BYTES = 800_000_000;
const LINES_BEFORE = 10;
const LINES_AFTER = 5;
const MAX_CONTEXT_LINE_LENGTH = 200;
const MAX_PROBLEMS = 5;

interface FixPlan {
  readonly prompt: EditPrompt;
  readonly fence: string;
  readonly maxTokens: number;
}

/** What checks a fix; without, it is offered unchecked. */
export interface FixChecks {
  readonly syntax?: SyntaxReader;
  readonly checkers?: Pick<Checkers, 'check'>;
}

/** Rewrites a part of a document with its errors corrected. */
export class FixTask implements EditTask {
  readonly span: LineSpan;
  readonly oldText: string;
  private readonly question: FixQuestion;
  private readonly cleaning: CleaningContext;
  private readonly validators: readonly Validator[];

  /** @throws EngineError `emptyRegion` */
  constructor(
    private readonly source: EditSource,
    params: EditParams,
    { syntax, checkers }: FixChecks,
  ) {
    const { uri, lines, languageId, text } = source;
    const found = findRegion(lines, params);
    if (found === undefined) throw impossible('emptyRegion');
    // Magics are the notebook's, and the model knows nothing better.
    const magics = leadingMagics(uri, textsIn(lines, { start: 0, end: found.end }));
    const span = { start: Math.max(found.start, magics), end: found.end };
    if (span.start >= span.end) throw impossible('emptyRegion');
    this.span = span;
    this.oldText = spanText(source, span);
    const shape = shapeOf(textsIn(lines, span), params.indent);
    const code = withoutMargin(textsIn(lines, span), shape.margin);
    const before = linesAround(source, span.start - LINES_BEFORE, span.start, shape.margin);
    const after = linesAround(source, span.end, span.end + LINES_AFTER, shape.margin);
    const problems = problemsIn(params.diagnostics, span);
    this.question = { languageId, code, problems, before, after };
    const isInFence = endsInFence(textsIn(lines, { start: 0, end: span.start }));
    this.cleaning = { fence: '```', code, shape, isInFence, before, after };
    const document = {
      uri,
      languageId,
      isTrusted: params.isTrusted ?? false,
      text: withoutMagics(uri, languageId, text),
      target: wholeLines(lines, params.range),
      textWith: (newText: string) => withoutMagics(uri, languageId, textWith(source, span, newText)),
    };
    this.validators = [
      new TextValidator(),
      ...(syntax === undefined ? [] : [new SyntaxValidator(syntax, document)]),
      ...(checkers === undefined ? [] : [new CheckerValidator(checkers, document)]),
    ];
  }

  async write(writer: AnswerWriter, report: ReportDraft): Promise<EditOutcome> {
    const plan = await this.plan(writer);
    const outcome = await repair({
      write: (attempt) => this.attempt(writer, plan, attempt, report),
      validators: this.validators,
      problemLine: this.question.problems[0]?.line,
      signal: writer.signal,
    });
    if (outcome === undefined) throw impossible('noChange');
    return outcome;
  }

  /** @returns `undefined` when nothing was changed */
  private async attempt(
    writer: AnswerWriter,
    plan: FixPlan,
    { sampling, fromLine }: Attempt,
    report: ReportDraft,
  ): Promise<Candidate | undefined> {
    const { code } = this.question;
    const given = code
      .slice(0, fromLine ?? 0)
      .map((line) => `${line}\n`)
      .join('');
    const cleaning = { ...this.cleaning, fence: plan.fence };
    const prompt = await writer.tokens({ ...plan.prompt, answerStart: plan.prompt.answerStart + given });
    const state = { isLoop: false, isSame: false };
    const request = { prompt, sampling, maxTokens: plan.maxTokens, repeatsPrompt: true };
    const answer = await writer.write(request, (text) => {
      const draft = cleanDraft(given + text, cleaning, false);
      state.isSame =
        fromLine !== undefined && text.slice(0, text.indexOf('\n')).trim() === code[fromLine]?.trim();
      if (!state.isSame) report(spanTextOf(draft.lines, this.source, this.span));
      state.isLoop = isRunaway(draft.lines, code);
      return draft.isEnded || state.isLoop || state.isSame;
    });
    const { lines, isEnded } = cleanDraft(given + answer.text, cleaning, true);
    const newText = spanTextOf(lines, this.source, this.span);
    if (state.isSame || newText === '' || newText === this.oldText) return undefined;
    const isFinished = (answer.isFinished || isEnded) && !state.isLoop;
    return { languageId: this.source.languageId, oldText: this.oldText, newText, isFinished };
  }

  /**
   * A prompt with as much of the code around the region as fits with the answer into the context.
   * @throws EngineError `regionTooLong`
   */
  private async plan(writer: AnswerWriter): Promise<FixPlan> {
    const { contextTokens, model } = writer;
    // Characters first: tokenizing a line of 100,000 characters takes long.
    if (this.oldText.length > contextTokens * 8) throw impossible('regionTooLong');
    const maxTokens = Math.ceil((await writer.count(this.question.code.join('\n'))) * 1.25) + 96;
    const isSmall = model.sizeBytes < SMALL_MODEL_BYTES;
    const bare = { ...this.question, before: [], after: [] };
    // The code around the region distracts a small model: it fixes a third less.
    for (const [question, withExamples] of [
      [isSmall ? bare : this.question, isSmall],
      [bare, false],
    ] as const) {
      const prompt = fixPrompt(question, withExamples);
      const tokens = await writer.tokens(prompt);
      const fence = /^`+/.exec(prompt.answerStart)?.[0] ?? '```';
      if (tokens.length + maxTokens < contextTokens) return { prompt, maxTokens, fence };
    }
    throw impossible('regionTooLong');
  }
}

function linesAround({ lines }: EditSource, start: number, end: number, margin: string): string[] {
  const span = { start: Math.max(0, start), end: Math.min(lines.count, end) };
  const texts = textsIn(lines, span).map((line) => line.slice(0, MAX_CONTEXT_LINE_LENGTH));
  while (texts.length > 0 && isBlank(texts[0] ?? '')) texts.shift();
  while (texts.length > 0 && isBlank(texts.at(-1) ?? '')) texts.pop();
  return texts.map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line));
}

/** The worst first. Lines count from the first of the region. */
function problemsIn(diagnostics: readonly Diagnostic[], span: LineSpan): FixQuestion['problems'] {
  return [...diagnostics]
    .sort((one, other) => (one.severity ?? 1) - (other.severity ?? 1))
    .slice(0, MAX_PROBLEMS)
    .map(({ range, message }) => ({
      line: Math.min(Math.max(range.start.line, span.start), span.end - 1) - span.start,
      message: (typeof message === 'string' ? message : message.value)
        .split('\n')
        .slice(0, 4)
        .join(' ')
        .slice(0, 400),
    }));
}
