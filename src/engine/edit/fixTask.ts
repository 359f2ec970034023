import type { Diagnostic } from 'vscode-languageserver-protocol';
import type { EditParams, EditVerdict } from '../../protocol/edit.js';
import { GREEDY, type Sampling } from '../model/model.js';
import type { AnswerWriter, WritePlan } from './answerWriter.js';
import { shapeOf, withoutMargin } from './codeShape.js';
import { cleanDraft, type CleaningContext } from './draftCleaner.js';
import { impossible, spanText, type EditSource } from './editSource.js';
import type { EditTask, EditOutcome, ReportDraft } from './editTask.js';
import { fixPrompt, type FixQuestion } from './fixPrompt.js';
import { isBetter, type Judge } from './judge.js';
import { isBlank, textsIn, type LineSpan } from './lines.js';
import { findRegion } from './region.js';
import { isRunaway } from './runaway.js';

/** Below this a model needs to be shown what is wanted. */
const SMALL_MODEL_BYTES = 800_000_000;
const LINES_BEFORE = 10;
const LINES_AFTER = 5;
const LONGEST_CONTEXT_LINE = 200;
const MOST_PROBLEMS = 5;
/** The first answer was no use: let the model think of another. */
const SECOND_TRY: Sampling = { temperature: 0.7, topP: 0.9, topK: 40 };

/** Writes a part of a document anew, with its errors corrected. */
export class FixTask implements EditTask {
  readonly span: LineSpan;
  readonly oldText: string;
  private readonly question: FixQuestion;
  private readonly cleaning: CleaningContext;

  /** @throws EngineError `emptyRegion` */
  constructor(
    private readonly source: EditSource,
    params: EditParams,
    private readonly judge: Judge,
  ) {
    const { lines, lineEnd, languageId } = source;
    const span = findRegion(lines, params);
    if (span === undefined) throw impossible('emptyRegion');
    this.span = span;
    this.oldText = spanText(source, span);
    const shape = shapeOf(this.oldText, lineEnd, params.indent);
    const code = withoutMargin(textsIn(lines, span), shape.margin);
    const before = surroundings(source, span.start - LINES_BEFORE, span.start, shape.margin);
    const after = surroundings(source, span.end, span.end + LINES_AFTER, shape.margin);
    const problems = problemsIn(params.diagnostics, span);
    this.question = { languageId, code, problems, before, after };
    this.cleaning = { fence: '```', code, shape, before, after };
  }

  async write(writer: AnswerWriter, report: ReportDraft): Promise<EditOutcome> {
    const { plan, fence } = this.plan(writer);
    const cleaning = { ...this.cleaning, fence };
    const first = await this.attempt(writer, { ...plan, sampling: GREEDY }, cleaning, report);
    if (first !== undefined && first.verdict.kind !== 'doubtful') return first;
    const second = await this.attempt(writer, { ...plan, sampling: SECOND_TRY }, cleaning, report);
    if (first === undefined && second === undefined) throw impossible('noChange');
    if (first === undefined || (second !== undefined && isBetter(second.verdict, first.verdict)))
      return second as EditOutcome;
    return first;
  }

  /** @returns `undefined` when nothing was changed */
  private async attempt(
    writer: AnswerWriter,
    plan: WritePlan,
    cleaning: CleaningContext,
    report: ReportDraft,
  ): Promise<EditOutcome | undefined> {
    const { code } = this.question;
    let isLost = false;
    const answer = await writer.write(plan, (text) => {
      const draft = cleanDraft(text, cleaning, false);
      report(draft.lines.join(this.source.lineEnd));
      isLost = isRunaway(draft.lines, code);
      return draft.isEnded || isLost;
    });
    const { lines, isEnded } = cleanDraft(answer.text, cleaning, true);
    const newText = lines.join(this.source.lineEnd);
    if (newText === '' || newText === this.oldText) return undefined;
    const isFinished = (answer.isFinished || isEnded) && !isLost;
    const { languageId } = this.source;
    const verdict: EditVerdict = await this.judge.judge(
      { languageId, oldText: this.oldText, newText, isFinished },
      writer.signal,
    );
    return { newText, verdict };
  }

  /**
   * As much of the surroundings as fits beside the code and its answer.
   * @throws EngineError `regionTooLong`
   */
  private plan(writer: AnswerWriter): { plan: Omit<WritePlan, 'sampling'>; fence: string } {
    const { contextTokens, model } = writer;
    // Characters first: to tokenize a line of 100,000 takes its time.
    if (this.oldText.length > contextTokens * 8) throw impossible('regionTooLong');
    const maxTokens = Math.ceil(writer.count(this.question.code.join('\n')) * 1.25) + 96;
    const isSmall = model.sizeBytes < SMALL_MODEL_BYTES;
    const bare = { ...this.question, before: [], after: [] };
    for (const [question, withExamples] of [
      [this.question, isSmall],
      [bare, isSmall],
      [bare, false],
    ] as const) {
      const prompt = fixPrompt(question, withExamples);
      const tokens = writer.tokens(prompt);
      const fence = /^`+/.exec(prompt.answerStart)?.[0] ?? '```';
      if (tokens.length + maxTokens < contextTokens) return { plan: { prompt: tokens, maxTokens }, fence };
    }
    throw impossible('regionTooLong');
  }
}

function surroundings({ lines }: EditSource, start: number, end: number, margin: string): string[] {
  const span = { start: Math.max(0, start), end: Math.min(lines.count, end) };
  const texts = textsIn(lines, span).map((line) => line.slice(0, LONGEST_CONTEXT_LINE));
  while (texts.length > 0 && isBlank(texts[0] ?? '')) texts.shift();
  while (texts.length > 0 && isBlank(texts.at(-1) ?? '')) texts.pop();
  return texts.map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line));
}

/** The worst first, those at one place once; with lines counted from the region's first. */
function problemsIn(diagnostics: readonly Diagnostic[], span: LineSpan): FixQuestion['problems'] {
  return [...diagnostics]
    .sort((one, other) => (one.severity ?? 1) - (other.severity ?? 1))
    .slice(0, MOST_PROBLEMS)
    .map(({ range, message }) => ({
      line: Math.min(Math.max(range.start.line, span.start), span.end - 1) - span.start,
      message: (typeof message === 'string' ? message : message.value)
        .split('\n')
        .slice(0, 4)
        .join(' ')
        .slice(0, 400),
    }));
}
