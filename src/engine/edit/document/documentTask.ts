import type { EditParams } from '../../../protocol/edit.js';
import { GREEDY, type Sampling } from '../../model/model.js';
import type { AnswerWriter, WritePlan } from '../answerWriter.js';
import { commonMargin, withoutMargin } from '../codeShape.js';
import { findDeclaration } from './declaration.js';
import { commentStart, readComment, renderComment, type DocText } from './docComment.js';
import { withoutInventions } from './docFacts.js';
import { findDocPlace, type DocPlace } from './docPlace.js';
import { documentPrompt, type DocumentQuestion } from './documentPrompt.js';
import {
  impossible,
  spanText,
  type EditOutcome,
  type EditSource,
  type EditTask,
  type ReportDraft,
} from '../editTask.js';
import { textsIn, type LineSpan } from '../../language/lines.js';
import { naturalLanguage } from './naturalLanguage.js';

const MAX_TOKENS = 240;
/** A symbol's beginning says what it is for. */
const MAX_CODE_LINES = 60;
/** Whether a document is in Chinese shows at its beginning. */
const LINES_FOR_LANGUAGE = 400;
const SECOND_TRY: Sampling = { temperature: 0.7, topP: 0.9, topK: 40 };

/** Writes a doc comment. The model writes only the comment's text: the code can't be changed by it. */
export class DocumentTask implements EditTask {
  readonly span: LineSpan;
  readonly oldText: string;
  private readonly place: DocPlace;
  private readonly question: DocumentQuestion;

  /** @throws EngineError `noSymbol` */
  constructor(
    private readonly source: EditSource,
    params: EditParams,
  ) {
    const declaration = findDeclaration(source.lines, params);
    const place = declaration && findDocPlace(source, declaration, params.indent);
    if (place === undefined) throw impossible('noSymbol');
    this.place = place;
    this.span = place.span;
    this.oldText = spanText(source, place.span);
    this.question = {
      languageId: source.languageId,
      code: withoutMargin(place.code, commonMargin(place.code)).slice(0, MAX_CODE_LINES),
      name: declaration?.name,
      style: place.style,
      language: naturalLanguage(textsIn(source.lines, { start: 0, end: LINES_FOR_LANGUAGE }).join('\n')),
    };
  }

  async write(writer: AnswerWriter, report: ReportDraft): Promise<EditOutcome> {
    const plan = this.plan(writer);
    for (const sampling of [GREEDY, SECOND_TRY]) {
      const outcome = await this.attempt(writer, { ...plan, sampling }, report);
      if (outcome !== undefined) return outcome;
    }
    throw impossible('noChange');
  }

  /** @returns `undefined` when the comment came out empty, or as it was */
  private async attempt(
    writer: AnswerWriter,
    plan: WritePlan,
    report: ReportDraft,
  ): Promise<EditOutcome | undefined> {
    const read = (answer: string, isWhole: boolean): DocText =>
      readComment(commentStart(this.place.style, this.question.name) + answer, this.place.style, isWhole);
    const answer = await writer.write(plan, (text) => {
      const { lines, isEnded } = read(text, false);
      const shown = withoutInventions(lines, this.place.head);
      if (shown.length > 0) report(this.withComment(shown));
      return isEnded;
    });
    const { lines, isEnded } = read(answer.text, true);
    const isFinished = isEnded || answer.isFinished;
    // Cut off by its length: its last line is half a sentence.
    const whole = isFinished || lines.length < 2 ? lines : lines.slice(0, -1);
    const text = withoutInventions(whole, this.place.head);
    const newText = this.withComment(text);
    if (!text.some((line) => /\w|[^\x00-\x7F]/.test(line)) || newText === this.oldText) return undefined;
    return {
      newText,
      verdict: isFinished ? { kind: 'unchecked' } : { kind: 'doubtful', reason: 'unfinished' },
    };
  }

  private withComment(lines: readonly string[]): string {
    const { style, indent, before, after } = this.place;
    return [...before, ...renderComment(lines, style, indent), ...after].join(this.source.lineEnd);
  }

  /** @throws EngineError `regionTooLong` */
  private plan(writer: AnswerWriter): Omit<WritePlan, 'sampling'> {
    const { contextTokens } = writer;
    for (let { code } = this.question; code.length > 0; code = code.slice(0, Math.floor(code.length / 2))) {
      // Characters first: to tokenize a line of 100,000 takes its time.
      if (code.join('\n').length > contextTokens * 8) continue;
      const prompt = writer.tokens(documentPrompt({ ...this.question, code }));
      if (prompt.length + MAX_TOKENS < contextTokens) return { prompt, maxTokens: MAX_TOKENS };
    }
    throw impossible('regionTooLong');
  }
}
