import { isRunaway } from '../../decoding/loopDetector.js';
import { textsIn } from '../../language/lines.js';
import type { AnswerWriter } from '../answerWriter.js';
import { commonMargin, withoutMargin } from '../codeShape.js';
import {
  impossible,
  spanText,
  spanTextOf,
  textWith,
  type EditSource,
  type ReportDraft,
} from '../editTask.js';
import type { Candidate } from '../fix/candidates/candidate.js';
import type { Attempt } from '../fix/candidates/regionRewrite.js';
import { cleanDraft, type CleaningContext } from '../fix/draftCleaner.js';
import { withoutFixNotes } from '../fix/fixNotes.js';
import { instructPrompt, type InstructQuestion } from './instructPrompt.js';
import type { InstructRegion } from './instructRegion.js';

/** A smaller model is shown two solved examples, and no code around the lines that it changes. */
const SMALL_MODEL_BYTES = 800_000_000;
/** How much longer than the old text the new one may become. */
const MAX_GROWTH_TOKENS = 512;
const MIN_GROWTH_TOKENS = 96;
/** Comments are then wanted. */
const ABOUT_COMMENTS = /comment|note|explain|document|注释|说明|文档/i;

/** Has the model follow an instruction. */
export class InstructRewrite {
  private readonly oldText: string;
  private readonly oldLines: readonly string[];

  /** @param question its history as the editor has it: indented */
  constructor(
    private readonly source: EditSource,
    private readonly region: InstructRegion,
    private readonly question: InstructQuestion,
    private readonly writer: AnswerWriter,
    private readonly report: ReportDraft,
  ) {
    this.oldText = spanText(source, region.span);
    this.oldLines = textsIn(source.lines, region.span);
  }

  /**
   * @returns `undefined` when the answer changes nothing
   * @throws EngineError `regionTooLong`; the signal's reason when aborted
   */
  async write({ sampling, failed }: Attempt): Promise<Candidate | undefined> {
    const { source, region } = this;
    const { prompt, maxTokens, fence } = await this.plan(
      failed && { ...failed, newText: withoutIndent(failed.newText) },
    );
    const cleaning: CleaningContext = { ...region, fence };
    let isLoop = false;
    const repeatsPrompt = region.code.length > 0;
    const answer = await this.writer.write({ prompt, sampling, maxTokens, repeatsPrompt }, (text) => {
      const draft = cleanDraft(text, cleaning, false);
      this.report(spanTextOf(draft.lines, source, region.span));
      isLoop = isRunaway(draft.lines, region.code);
      return draft.isEnded || isLoop;
    });
    const { lines, isEnded } = cleanDraft(answer.text, cleaning, true);
    return this.candidate(lines, (answer.isFinished || isEnded) && !isLoop);
  }

  private candidate(lines: readonly string[], isFinished: boolean): Candidate | undefined {
    const { source, oldText, question } = this;
    const { span } = this.region;
    const wanted = ABOUT_COMMENTS.test(question.instruction)
      ? lines
      : withoutFixNotes(lines, this.oldLines, source.languageId);
    const newText = spanTextOf(wanted, source, span);
    const last = question.history.at(-1)?.newText ?? oldText;
    if (newText.trim() === '' || newText === last || newText === oldText) return undefined;
    const document = textWith(source, span, newText);
    return { span, oldText, newText, document, isFinished, origin: 'model', needsProof: false };
  }

  /**
   * A prompt with as much of the code around the region as fits with the answer into the context.
   * @throws EngineError `regionTooLong`
   */
  private async plan(
    failed: Attempt['failed'],
  ): Promise<{ prompt: readonly number[]; maxTokens: number; fence: string }> {
    const { writer, question } = this;
    const { contextTokens, model } = writer;
    // Characters first: tokenizing a line of 100,000 characters takes long.
    if (this.oldText.length > contextTokens * 8) throw impossible('regionTooLong');
    if (question.instruction.length > contextTokens * 4) throw impossible('instructionTooLong');
    const history = question.history.map((turn) => ({ ...turn, newText: withoutIndent(turn.newText) }));
    const longest = Math.max(
      ...[question.code.join('\n'), ...history.map(({ newText }) => newText)].map((text) => text.length),
    );
    const answerTokens = Math.ceil((await writer.count(question.code.join('\n'))) * 1.25);
    const own = Math.max(answerTokens, Math.ceil(longest / 3));
    const isSmall = model.sizeBytes < SMALL_MODEL_BYTES;
    // A smaller model goes back to the first version, if it sees several.
    const last = isSmall ? history.at(-1) : undefined;
    const asked = last
      ? { ...question, code: last.newText.split('\n'), history: [] }
      : { ...question, history };
    const bare = { ...asked, before: [], after: [] };
    const full = asked;
    // At a blank place, the code around it is all that a model has.
    const isNew = question.code.length === 0;
    const attempts = [
      { each: isSmall && !isNew ? bare : full, withExamples: isSmall, growth: MAX_GROWTH_TOKENS },
      { each: bare, withExamples: false, growth: MAX_GROWTH_TOKENS },
      { each: bare, withExamples: false, growth: MIN_GROWTH_TOKENS },
    ];
    for (const { each, withExamples, growth } of attempts) {
      const options = { withExamples, ...(failed === undefined ? {} : { failed }) };
      const prompt = instructPrompt(each, options);
      const tokens = await writer.tokens(prompt);
      const fence = /^`+/.exec(prompt.answerStart)?.[0] ?? '```';
      if (tokens.length + own + growth < contextTokens)
        return { prompt: tokens, maxTokens: own + growth, fence };
    }
    // Without the code, the instruction alone fills the context.
    const isInstruction = (await writer.count(question.instruction)) * 2 > contextTokens;
    throw impossible(isInstruction ? 'instructionTooLong' : 'regionTooLong');
  }
}

function withoutIndent(text: string): string {
  const lines = text.split(/\r\n|\n|\r/);
  return withoutMargin(lines, commonMargin(lines)).join('\n');
}
