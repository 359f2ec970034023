import type { Diagnostic } from 'vscode-languageserver-protocol';
import type { EditParams, EditVerdict } from '../../../protocol/edit.js';
import { GREEDY, type Sampling } from '../../model/model.js';
import type { AnswerWriter } from '../answerWriter.js';
import type { EditPrompt } from '../editPrompt.js';
import { shapeOf, withoutMargin } from './codeShape.js';
import { cleanDraft, type CleaningContext } from './draftCleaner.js';
import { impossible, spanText, type EditSource } from '../editSource.js';
import type { EditTask, EditOutcome, ReportDraft } from '../editTask.js';
import { fixPrompt, type FixQuestion } from './fixPrompt.js';
import { isBetter, type Validator } from './validator.js';
import { isBlank, textsIn, type LineSpan } from '../../language/lines.js';
import { findRegion } from './region.js';
import { isRunaway } from './runaway.js';

/** Below this a model needs to be shown what is wanted, and nothing beside it. */
const SMALL_MODEL_BYTES = 800_000_000;
const LINES_BEFORE = 10;
const LINES_AFTER = 5;
const MAX_CONTEXT_LINE_LENGTH = 200;
const MAX_PROBLEMS = 5;
/** The first answer was no use: let the model think of another. */
const SECOND_TRY: Sampling = { temperature: 0.7, topP: 0.9, topK: 40 };

/** The line must change: the hotter, the less likely is the one that was there. */
const INSISTING: readonly Sampling[] = [0.7, 1, 1.3].map((temperature) => ({
  ...SECOND_TRY,
  temperature,
}));

interface FixPlan {
  readonly prompt: EditPrompt;
  readonly fence: string;
  readonly maxTokens: number;
}

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
    private readonly judge: Validator,
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
    const plan = this.plan(writer);
    const first = await this.attempt(writer, plan, GREEDY, report);
    if (first !== undefined && first.verdict.kind !== 'doubtful') return first;
    const second =
      first === undefined
        ? await this.insist(writer, plan, report)
        : await this.attempt(writer, plan, SECOND_TRY, report);
    if (first === undefined || (second !== undefined && isBetter(second.verdict, first.verdict))) {
      if (second === undefined) throw impossible('noChange');
      return second;
    }
    return first;
  }

  /** Writes the code as it is up to the error, then looks for another line than the one that is there. */
  private async insist(
    writer: AnswerWriter,
    plan: FixPlan,
    report: ReportDraft,
  ): Promise<EditOutcome | undefined> {
    const place = this.question.problems[0]?.line;
    if (place !== undefined) {
      for (const sampling of INSISTING) {
        const outcome = await this.attempt(writer, plan, sampling, report, place);
        if (outcome !== undefined) return outcome;
      }
    }
    // It isn't the line that is underlined.
    return this.attempt(writer, plan, SECOND_TRY, report);
  }

  /**
   * @param from the line before which all stays, and which has to change
   * @returns `undefined` when nothing was changed
   */
  private async attempt(
    writer: AnswerWriter,
    plan: FixPlan,
    sampling: Sampling,
    report: ReportDraft,
    from?: number,
  ): Promise<EditOutcome | undefined> {
    const { code } = this.question;
    const given = code
      .slice(0, from ?? 0)
      .map((line) => `${line}\n`)
      .join('');
    const cleaning = { ...this.cleaning, fence: plan.fence };
    const prompt = writer.tokens({ ...plan.prompt, answerStart: plan.prompt.answerStart + given });
    const state = { isLost: false, isSame: false };
    const wanted = { prompt, sampling, maxTokens: plan.maxTokens, repeatsPrompt: true };
    const answer = await writer.write(wanted, (text) => {
      const draft = cleanDraft(given + text, cleaning, false);
      state.isSame = from !== undefined && text.slice(0, text.indexOf('\n')).trim() === code[from]?.trim();
      if (!state.isSame) report(draft.lines.join(this.source.lineEnd));
      state.isLost = isRunaway(draft.lines, code);
      return draft.isEnded || state.isLost || state.isSame;
    });
    const { lines, isEnded } = cleanDraft(given + answer.text, cleaning, true);
    const newText = lines.join(this.source.lineEnd);
    if (state.isSame || newText === '' || newText === this.oldText) return undefined;
    const isFinished = (answer.isFinished || isEnded) && !state.isLost;
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
  private plan(writer: AnswerWriter): FixPlan {
    const { contextTokens, model } = writer;
    // Characters first: to tokenize a line of 100,000 takes its time.
    if (this.oldText.length > contextTokens * 8) throw impossible('regionTooLong');
    const maxTokens = Math.ceil(writer.count(this.question.code.join('\n')) * 1.25) + 96;
    const isSmall = model.sizeBytes < SMALL_MODEL_BYTES;
    const bare = { ...this.question, before: [], after: [] };
    // What stands around the code distracts a small model: it mends a third less.
    for (const [question, withExamples] of [
      [isSmall ? bare : this.question, isSmall],
      [bare, false],
    ] as const) {
      const prompt = fixPrompt(question, withExamples);
      const tokens = writer.tokens(prompt);
      const fence = /^`+/.exec(prompt.answerStart)?.[0] ?? '```';
      if (tokens.length + maxTokens < contextTokens) return { prompt, maxTokens, fence };
    }
    throw impossible('regionTooLong');
  }
}

function surroundings({ lines }: EditSource, start: number, end: number, margin: string): string[] {
  const span = { start: Math.max(0, start), end: Math.min(lines.count, end) };
  const texts = textsIn(lines, span).map((line) => line.slice(0, MAX_CONTEXT_LINE_LENGTH));
  while (texts.length > 0 && isBlank(texts[0] ?? '')) texts.shift();
  while (texts.length > 0 && isBlank(texts.at(-1) ?? '')) texts.pop();
  return texts.map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line));
}

/** The worst first, those at one place once; with lines counted from the region's first. */
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
