import { isRunaway } from '../../../decoding/loopDetector.js';
import { isComment } from '../../../language/codeOnly.js';
import { languageOf } from '../../../language/languageOf.js';
import { isBlank, textsIn, type LineSpan } from '../../../language/lines.js';
import type { Sampling } from '../../../model/model.js';
import type { AnswerWriter, EditPrompt } from '../../answerWriter.js';
import {
  impossible,
  spanText,
  spanTextOf,
  textWith,
  type EditSource,
  type ReportDraft,
} from '../../editTask.js';
import { withoutMargin } from '../../codeShape.js';
import { cleanDraft, type CleaningContext } from '../draftCleaner.js';
import { withoutFixNotes } from '../fixNotes.js';
import { fixPrompt, type FailedAttempt, type FixQuestion } from '../fixPrompt.js';
import type { Candidate } from './candidate.js';
import { KnownAnswers } from './knownAnswers.js';
import { rejoinedAt } from './rejoin.js';

/** A smaller model is shown two solved examples. */
const SMALL_MODEL_BYTES = 800_000_000;
/** What has to change may be far below such a message's line. */
const LEFT_OPEN = /\bclos(?:ed?|ing)\b|\bend of\b|\bEOF\b|terminated/i;
/** Lines of code above the problem that the model writes itself: the mistake may be in one of them. */
const LINES_BEFORE_PROBLEM = 2;
/** Blank lines and comments don't count, unless that makes the model write this many lines: a long comment gets lost. */
const MAX_LINES_BEFORE = 8;
/** Lines that agree may do so by chance, while those below have to move, too. */
const INDENTATION = /indent/i;

/** How one candidate is written. */
export interface Attempt {
  readonly sampling: Sampling;
  /**
   * `near`: the lines well above the problem are given. `line`: all lines above it are, and its line has to change.
   * `whole`: none are. In each, the answer ends as soon as it has come back to the old text, except where lines move.
   */
  readonly extent: 'near' | 'line' | 'whole';
  /** The attempt before, when a check has rejected it. */
  readonly failed?: FailedAttempt;
}

/** Where the model's answers go. */
export interface RewrittenRegion {
  readonly source: EditSource;
  readonly span: LineSpan;
  readonly question: FixQuestion;
  readonly cleaning: CleaningContext;
}

/** Has the model rewrite the lines of a fix's region. */
export class RegionRewrite {
  private readonly oldText: string;
  private readonly oldLines: readonly string[];
  private readonly problemLine: number | undefined;
  private readonly known: KnownAnswers;

  constructor(
    private readonly region: RewrittenRegion,
    private readonly writer: AnswerWriter,
    private readonly report: ReportDraft,
  ) {
    const { source, span, question } = region;
    this.oldText = spanText(source, span);
    this.oldLines = textsIn(source.lines, span);
    this.problemLine = question.problems[0]?.line;
    const isOpen = question.problems.some(({ message }) => LEFT_OPEN.test(message));
    const last = Math.max(...question.problems.map(({ line }) => line));
    this.known = new KnownAnswers(this.oldLines, isOpen || last < 0 ? undefined : last);
  }

  /**
   * @returns `undefined` when the answer changes nothing, or is the same as one before
   * @throws EngineError `regionTooLong`; the signal's reason when aborted
   */
  async write(attempt: Attempt): Promise<Candidate | undefined> {
    const { writer } = this;
    const { source, span, question } = this.region;
    const given = question.code.slice(0, this.givenLines(attempt));
    const { prompt, maxTokens, fence } = await this.plan(attempt, given);
    const cleaning = { ...this.region.cleaning, fence };
    const start = given.map((line) => `${line}\n`).join('');
    const state: { isLoop: boolean; isSame: boolean; next: number | undefined } = {
      isLoop: false,
      isSame: false,
      next: undefined,
    };
    const request = { prompt, sampling: attempt.sampling, maxTokens, repeatsPrompt: true };
    const answer = await writer.write(request, (text) => {
      const draft = cleanDraft(start + text, cleaning, false);
      state.isSame =
        this.known.isRepeated(draft.lines) ||
        (attempt.extent === 'line' && this.isSameLine(text, given.length));
      if (!state.isSame) this.report(spanTextOf(draft.lines, source, span));
      state.isLoop = isRunaway(draft.lines, question.code);
      state.next = this.rejoined(draft.lines);
      return draft.isEnded || state.isLoop || state.isSame || state.next !== undefined;
    });
    if (state.isSame) return undefined;
    const isWhole = state.next === undefined;
    const { lines, isEnded } = cleanDraft(start + answer.text, cleaning, isWhole);
    const rest = state.next === undefined ? [] : this.oldLines.slice(state.next);
    const isFinished = (answer.isFinished || isEnded) && !state.isLoop;
    return this.candidate([...lines, ...rest], isFinished);
  }

  private candidate(lines: readonly string[], isFinished: boolean): Candidate | undefined {
    const { source, span } = this.region;
    const own = withoutFixNotes(lines, this.oldLines, source.languageId);
    const newText = spanTextOf(own, source, span);
    if (newText === '' || newText === this.oldText || this.known.has(own)) return undefined;
    this.known.add(own);
    return {
      span,
      oldText: this.oldText,
      newText,
      document: textWith(source, span, newText),
      isFinished,
      origin: 'model',
      needsProof: false,
    };
  }

  private givenLines({ extent }: Attempt): number {
    const { problemLine } = this;
    if (extent === 'whole' || problemLine === undefined) return 0;
    if (extent === 'line') return problemLine;
    const { code, languageId } = this.region.question;
    const language = languageOf(languageId);
    let given = problemLine;
    for (let left = LINES_BEFORE_PROBLEM; left > 0 && given > 0;) {
      given--;
      const line = code[given] ?? '';
      if (!isBlank(line) && !isComment(line, language)) left--;
    }
    return problemLine - given <= MAX_LINES_BEFORE ? given : problemLine - LINES_BEFORE_PROBLEM;
  }

  private isSameLine(text: string, line: number): boolean {
    return text.slice(0, text.indexOf('\n')).trim() === this.region.question.code[line]?.trim();
  }

  /** Not where that makes a known answer: another change may follow. */
  private rejoined(draft: readonly string[]): number | undefined {
    const { problems } = this.region.question;
    const last = Math.max(...problems.map(({ line }) => line));
    if (last < 0 || problems.some(({ message }) => INDENTATION.test(message))) return undefined;
    const next = rejoinedAt(draft, this.oldLines, last);
    return next === undefined || this.known.has([...draft, ...this.oldLines.slice(next)]) ? undefined : next;
  }

  /** Without the region's indentation, as the code is shown. */
  private asShown(failed: FailedAttempt): FailedAttempt {
    const lines = failed.newText.split(/\r\n|\n|\r/);
    return { ...failed, newText: withoutMargin(lines, this.region.cleaning.shape.margin).join('\n') };
  }

  /** @throws EngineError `regionTooLong` */
  private async plan(
    { failed }: Attempt,
    given: readonly string[],
  ): Promise<{ prompt: readonly number[]; maxTokens: number; fence: string }> {
    const { contextTokens, model } = this.writer;
    const { question } = this.region;
    // Characters first: tokenizing a line of 100,000 characters takes long.
    if (this.oldText.length > contextTokens * 8) throw impossible('regionTooLong');
    const left = question.code.slice(given.length).join('\n');
    const maxTokens = Math.ceil((await this.writer.count(left)) * 1.25) + 96;
    const isSmall = model.sizeBytes < SMALL_MODEL_BYTES;
    // Where the examples take too much of the context, they are left out.
    for (const withExamples of isSmall ? [true, false] : [false]) {
      const prompt: EditPrompt = fixPrompt(question, {
        withExamples,
        ...(failed === undefined ? {} : { failed: this.asShown(failed) }),
      });
      const start = given.map((line) => `${line}\n`).join('');
      const tokens = await this.writer.tokens({ ...prompt, answerStart: prompt.answerStart + start });
      const fence = /^`+/.exec(prompt.answerStart)?.[0] ?? '```';
      if (tokens.length + maxTokens < contextTokens) return { prompt: tokens, maxTokens, fence };
    }
    throw impossible('regionTooLong');
  }
}
