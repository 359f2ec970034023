import type { EditParams } from '../../../protocol/edit.js';
import type { LineSpan } from '../../language/lines.js';
import { withoutMagics } from '../../language/notebookCell.js';
import type { AnswerWriter } from '../answerWriter.js';
import type { CheckedDocument } from '../check/check.js';
import { EditCheck } from '../check/editCheck.js';
import { NameCheck } from '../check/nameCheck.js';
import { ShapeCheck } from '../check/shapeCheck.js';
import type { SyntaxReader } from '../check/syntaxCheck.js';
import {
  impossible,
  type EditOutcome,
  type EditSource,
  type EditTask,
  type ReportEdit,
} from '../editTask.js';
import { repair, type RepairSteps } from '../fix/repairLoop.js';
import type { InstructQuestion } from './instructPrompt.js';
import { instructRegion, type InstructRegion } from './instructRegion.js';
import { InstructRewrite } from './instructRewrite.js';
import { SyntaxKept } from './syntaxKept.js';

/** Changes lines as an instruction says, or writes new ones at a blank place. */
export class InstructTask implements EditTask {
  readonly span: LineSpan;
  private readonly region: InstructRegion;
  private readonly question: InstructQuestion;
  private readonly check: EditCheck;

  /** @throws EngineError `noInstruction`, `emptyRegion` */
  constructor(
    private readonly source: EditSource,
    params: EditParams,
    syntax: SyntaxReader | undefined,
  ) {
    const instruction = params.instruction?.trim() ?? '';
    if (instruction === '') throw impossible('noInstruction');
    const { uri, languageId, text } = source;
    this.region = instructRegion(source, params);
    this.span = this.region.span;
    const { code, before, after } = this.region;
    const history = params.history ?? [];
    this.question = { languageId, instruction, history, code, before, after };
    const document: CheckedDocument = { languageId, text, target: this.span, messages: [] };
    const read = (each: string): string => withoutMagics(uri, languageId, each);
    // A name that the user has said may be one that is defined elsewhere.
    const said = [instruction, ...history.map((turn) => turn.instruction)].join('\n');
    // The parser's message helps the model more than that brackets don't match.
    this.check = new EditCheck([
      ...(syntax === undefined
        ? []
        : [new SyntaxKept(syntax, document, read), new NameCheck(syntax, document, read, said)]),
      new ShapeCheck(document, true),
    ]);
  }

  async write(writer: AnswerWriter, report: ReportEdit): Promise<EditOutcome> {
    const { source, region, question } = this;
    const onDraft = (text: string): void => report({ kind: 'draft', text });
    const rewrite = new InstructRewrite(source, region, question, writer, onDraft);
    const steps: RepairSteps = {
      check: this.check,
      signal: writer.signal,
      onCandidate: (origin, round) => report({ kind: 'candidate', origin, round }),
      onCheck: () => report({ kind: 'check' }),
    };
    const { candidate, verdict } = await repair((attempt) => rewrite.write(attempt), false, steps);
    const { span, newText, origin } = candidate;
    // Whether the new text does what was asked, no check can tell.
    const reason = verdict.by.length === 0 ? 'noChecker' : 'notReproduced';
    return { span, newText, origin, verdict: { kind: 'unverified', reason, by: verdict.by } };
  }
}
