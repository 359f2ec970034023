import { TextDocument } from 'vscode-languageserver-textdocument';
import type { EditParams } from '../../../protocol/edit.js';
import { EngineError } from '../../../protocol/errors.js';
import type { LineSpan } from '../../language/lines.js';
import { withoutMagics } from '../../language/notebookCell.js';
import type { AnswerWriter } from '../answerWriter.js';
import type { SyntaxReader } from '../check/syntaxCheck.js';
import {
  impossible,
  spanRange,
  type EditOutcome,
  type EditSource,
  type EditTask,
  type ReportEdit,
} from '../editTask.js';
import { isCodeKept } from './codeKept.js';
import { docStyle } from './docStyle.js';
import { DocumentTask } from './documentTask.js';
import { undocumentedIn, type Undocumented } from './undocumented.js';

/** On a CPU each takes seconds. The command can be run again for the others. */
const MAX_SYMBOLS = 60;

/** Documents each symbol of a document that has no comment, as one edit. */
export class DocumentAllTask implements EditTask {
  /** From the first symbol's lines to the last one's. */
  readonly span: LineSpan;
  private readonly symbols: readonly { readonly name: string; readonly task: DocumentTask }[];

  private constructor(
    private readonly source: EditSource,
    found: readonly Undocumented[],
    private readonly syntax: SyntaxReader | undefined,
    private readonly moreCount: number,
  ) {
    this.symbols = found.map(({ declaration, place }) => ({
      name: declaration.name ?? source.lines.at(declaration.line).trim().slice(0, 40),
      task: new DocumentTask(source, declaration, place),
    }));
    const spans = this.symbols.map(({ task }) => task.span);
    this.span = {
      start: Math.min(...spans.map(({ start }) => start)),
      end: Math.max(...spans.map(({ end }) => end)),
    };
  }

  /** @throws EngineError `noComments`, `allDocumented`; the signal's reason when aborted */
  static async create(
    source: EditSource,
    params: EditParams,
    syntax: SyntaxReader | undefined,
    signal: AbortSignal,
  ): Promise<DocumentAllTask> {
    const style = docStyle(source.languageId);
    if (style === undefined) throw impossible('noComments');
    const found = await undocumentedIn(source, style, params.indent, syntax, signal);
    if (found.length === 0) throw impossible('allDocumented');
    const chosen = found.slice(0, MAX_SYMBOLS);
    return new DocumentAllTask(source, chosen, syntax, found.length - chosen.length);
  }

  /** @throws EngineError `noChange` when no comment could be written; the signal's reason when aborted */
  async write(writer: AnswerWriter, report: ReportEdit): Promise<EditOutcome> {
    const written: EditOutcome[] = [];
    const left: string[] = [];
    for (const [index, { name, task }] of this.symbols.entries()) {
      report({ kind: 'symbol', name, index: index + 1, count: this.symbols.length });
      const outcome = await this.comment(task, writer, (draft) =>
        report({ kind: 'draft', text: this.textWith([...written, { span: task.span, newText: draft }]) }),
      );
      if (outcome === undefined) left.push(name);
      else written.push(outcome);
    }
    if (written.length === 0) throw impossible('noChange');
    return {
      span: this.span,
      newText: this.textWith(written),
      verdict: { kind: 'unverified', reason: 'noChecker', by: [] },
      origin: 'model',
      documented: { count: written.length, left, moreCount: this.moreCount },
    };
  }

  /** @returns `undefined` when none could be written, or when it would change the code */
  private async comment(
    task: DocumentTask,
    writer: AnswerWriter,
    onDraft: (text: string) => void,
  ): Promise<EditOutcome | undefined> {
    try {
      const outcome = await task.write(writer, (each) => {
        if (each.kind === 'draft') onDraft(each.text);
      });
      return (await this.isKept(outcome, writer.signal)) ? outcome : undefined;
    } catch (error) {
      if (error instanceof EngineError && error.data.kind === 'editImpossible') return undefined;
      throw error;
    }
  }

  private isKept(outcome: EditOutcome, signal: AbortSignal): Promise<boolean> {
    const { uri, languageId, text } = this.source;
    const read = (each: string): string => withoutMagics(uri, languageId, each);
    const after = this.documentWith([outcome]);
    return isCodeKept({ languageId, before: text, after, read }, this.syntax, signal);
  }

  /** The lines of the span with these comments. */
  private textWith(outcomes: readonly Pick<EditOutcome, 'span' | 'newText'>[]): string {
    const { source, span } = this;
    const document = TextDocument.create('', '', 0, source.text);
    const { start, end } = spanRange(source, span);
    const whole = this.documentWith(outcomes);
    return whole.slice(
      document.offsetAt(start),
      whole.length - (source.text.length - document.offsetAt(end)),
    );
  }

  private documentWith(outcomes: readonly Pick<EditOutcome, 'span' | 'newText'>[]): string {
    const { source } = this;
    return TextDocument.applyEdits(
      TextDocument.create('', '', 0, source.text),
      outcomes.map(({ span, newText }) => ({ range: spanRange(source, span), newText })),
    );
  }
}
