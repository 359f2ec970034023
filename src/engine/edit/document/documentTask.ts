import type { EditParams } from '../../../protocol/edit.js';
import { languageOf } from '../../language/languageOf.js';
import { textsIn, type LineSpan } from '../../language/lines.js';
import { withoutMagics } from '../../language/notebookCell.js';
import { GREEDY } from '../../model/model.js';
import { RETRY_SAMPLING, type AnswerWriter, type EditPrompt, type WritePlan } from '../answerWriter.js';
import { commonMargin, withoutMargin } from '../codeShape.js';
import {
  impossible,
  spanText,
  spanTextOf,
  type EditOutcome,
  type EditSource,
  type EditTask,
  type ReportEdit,
} from '../editTask.js';
import { fenceFor } from '../fix/fixPrompt.js';
import type { DeclarationLines } from '../../syntax/declarations.js';
import type { SyntaxReader } from '../check/syntaxCheck.js';
import { declarationInTree, findDeclaration } from './declaration.js';
import { commentStart, readComment, renderComment, withoutInventions, type DocText } from './docComment.js';
import { findDocTarget, type DocTarget } from './docTarget.js';
import { docStyle, type DocStyle } from './docStyle.js';

const MAX_TOKENS = 240;
/** The beginning of a symbol shows its purpose. */
const MAX_CODE_LINES = 60;
/** Lines of the document that are searched for the natural language of its comments. */
const MAX_LANGUAGE_LINES = 400;

/** Writes a doc comment. The model writes only the comment's text, so it can't change the code. */
export class DocumentTask implements EditTask {
  readonly span: LineSpan;
  readonly oldText: string;
  private readonly question: DocumentQuestion;

  constructor(
    private readonly source: EditSource,
    declaration: DeclarationLines,
    private readonly place: DocTarget,
  ) {
    this.span = place.span;
    this.oldText = spanText(source, place.span);
    this.question = {
      languageId: source.languageId,
      code: withoutMargin(place.code, commonMargin(place.code)).slice(0, MAX_CODE_LINES),
      name: declaration.name,
      style: place.style,
      language: naturalLanguage(textsIn(source.lines, { start: 0, end: MAX_LANGUAGE_LINES }).join('\n')),
    };
  }

  /**
   * @param syntax finds the declaration where there is a grammar for the language
   * @throws EngineError `noComments`, `noSymbol`; the signal's reason when aborted
   */
  static async create(
    source: EditSource,
    params: EditParams,
    syntax: SyntaxReader | undefined,
    signal: AbortSignal,
  ): Promise<DocumentTask> {
    const { uri, languageId, text, lines } = source;
    const style = docStyle(languageId);
    if (style === undefined) throw impossible('noComments');
    const inTree = await syntax?.read(
      languageId,
      withoutMagics(uri, languageId, text),
      (tree) => declarationInTree(tree, lines, params, languageId),
      signal,
    );
    const declaration = inTree ?? findDeclaration(lines, params, languageId);
    if (declaration === undefined) throw impossible('noSymbol');
    return new DocumentTask(source, declaration, findDocTarget(source, declaration, style, params.indent));
  }

  async write(writer: AnswerWriter, report: ReportEdit): Promise<EditOutcome> {
    const plan = await this.plan(writer);
    for (const sampling of [GREEDY, RETRY_SAMPLING]) {
      const outcome = await this.attempt(writer, { ...plan, sampling }, report);
      if (outcome !== undefined) return outcome;
    }
    throw impossible('noChange');
  }

  /** @returns `undefined` when the comment is empty or unchanged */
  private async attempt(
    writer: AnswerWriter,
    plan: WritePlan,
    report: ReportEdit,
  ): Promise<EditOutcome | undefined> {
    const read = (answer: string, isWhole: boolean): DocText =>
      readComment(commentStart(this.place.style, this.question.name) + answer, this.place.style, isWhole);
    const answer = await writer.write(plan, (text) => {
      const { lines, isEnded } = read(text, false);
      const shown = withoutInventions(lines, this.place.head);
      if (shown.length > 0) report({ kind: 'draft', text: this.withComment(shown) });
      return isEnded;
    });
    const { lines, isEnded } = read(answer.text, true);
    // The last line of an answer that was cut off is half a sentence.
    const whole = isEnded || answer.isFinished || lines.length < 2 ? lines : lines.slice(0, -1);
    const text = withoutInventions(whole, this.place.head);
    const newText = this.withComment(text);
    if (!text.some((line) => /\w|[^\x00-\x7F]/.test(line)) || newText === this.oldText) return undefined;
    // The comment is put around code that stays as it is, so there is nothing that a check could find.
    const verdict = { kind: 'unverified', reason: 'noChecker', by: [] } as const;
    return { span: this.span, newText, verdict, origin: 'model' };
  }

  private withComment(lines: readonly string[]): string {
    const { style, indent, before, after } = this.place;
    const text = [...before, ...renderComment(lines, style, indent), ...after];
    return spanTextOf(text, this.source, this.span);
  }

  /** @throws EngineError `regionTooLong` */
  private async plan(writer: AnswerWriter): Promise<Omit<WritePlan, 'sampling'>> {
    const { contextTokens } = writer;
    for (let { code } = this.question; code.length > 0; code = code.slice(0, Math.floor(code.length / 2))) {
      // Characters first: tokenizing a line of 100,000 characters takes long.
      if (code.join('\n').length > contextTokens * 8) continue;
      const prompt = await writer.tokens(documentPrompt({ ...this.question, code }));
      if (prompt.length + MAX_TOKENS < contextTokens) return { prompt, maxTokens: MAX_TOKENS };
    }
    throw impossible('regionTooLong');
  }
}

interface DocumentQuestion {
  readonly languageId: string;
  /** The symbol's code, or its beginning, without the comment that it has. */
  readonly code: readonly string[];
  readonly name: string | undefined;
  readonly style: DocStyle;
  /** The natural language to write in. */
  readonly language: string;
}

/** Asks for the comment only. The answer begins inside it. */
function documentPrompt(question: DocumentQuestion): EditPrompt {
  const { languageId, code, name, style, language } = question;
  const text = code.join('\n');
  const fence = fenceFor(text);
  const subject = name === undefined ? `this ${languageOf(languageId).name} code` : `\`${name}\``;
  const content = [
    `${fence}${languageOf(languageId).fence}\n${text}\n${fence}`,
    `Write the ${style.name} for ${subject} in ${language}: what it does, and where it has them its parameters and what it returns. Be short and exact, without an example. Reply with the comment only.`,
  ].join('\n\n');
  return {
    messages: [{ role: 'user', content }],
    answerStart: `${fence}${languageOf(languageId).fence}\n${commentStart(style, name)}`,
  };
}

/** The language of a document's comments and strings, by their script. Default: English. */
export function naturalLanguage(text: string): string {
  if (/[\u3040-\u30FF]/.test(text)) return 'Japanese';
  if (/[\uAC00-\uD7AF]/.test(text)) return 'Korean';
  if (/\p{Script=Han}/u.test(text)) return 'Chinese';
  return 'English';
}
