import type { EditParams } from '../../../protocol/edit.js';
import { EngineError } from '../../../protocol/errors.js';
import type { LineSpan } from '../../language/lines.js';
import { withoutMagics } from '../../language/notebookCell.js';
import type { AnswerWriter } from '../answerWriter.js';
import type { CheckedDocument } from '../check/check.js';
import { EditCheck } from '../check/editCheck.js';
import { NameCheck } from '../check/nameCheck.js';
import { ShapeCheck } from '../check/shapeCheck.js';
import {
  impossible,
  type EditOutcome,
  type EditSource,
  type EditTask,
  type ReportEdit,
} from '../editTask.js';
import type { Candidate } from '../fix/candidates/candidate.js';
import { repair, type AcceptedFix, type RepairSteps } from '../fix/repairLoop.js';
import type { FixChecks } from '../fix/fixTask.js';
import { DefinitionsKept } from './definitionsKept.js';
import type { InstructQuestion } from './instructPrompt.js';
import { instructRegion, type InstructRegion } from './instructRegion.js';
import { InstructRewrite } from './instructRewrite.js';
import { newProblems, type ProblemReport } from './newProblems.js';
import { SyntaxKept } from './syntaxKept.js';

/** Changes lines as an instruction says, or writes new ones at a blank place. */
export class InstructTask implements EditTask {
  readonly span: LineSpan;
  private readonly region: InstructRegion;
  private readonly question: InstructQuestion;
  private readonly check: EditCheck;
  /** The checks but for that of definitions. */
  private readonly otherCheck: EditCheck;
  private readonly definitions: DefinitionsKept | undefined;
  private readonly isTrusted: boolean;
  private readonly read: (text: string) => string;

  /** @throws EngineError `noInstruction`, `emptyRegion` */
  constructor(
    private readonly source: EditSource,
    params: EditParams,
    private readonly checks: FixChecks,
  ) {
    const { syntax } = checks;
    const instruction = params.instruction?.trim() ?? '';
    if (instruction === '') throw impossible('noInstruction');
    const { uri, languageId, text } = source;
    this.region = instructRegion(source, params);
    this.span = this.region.span;
    const { code, before, after } = this.region;
    const history = params.history ?? [];
    this.question = { languageId, instruction, history, code, before, after };
    const document: CheckedDocument = { languageId, text, target: this.span, messages: [] };
    this.isTrusted = params.isTrusted === true;
    this.read = (each: string): string => withoutMagics(uri, languageId, each);
    const { read } = this;
    // A name that the user has said may be one that is defined elsewhere.
    const said = [instruction, ...history.map((turn) => turn.instruction)].join('\n');
    // The parser's message helps the model more than that brackets don't match.
    const others = [
      ...(syntax === undefined
        ? []
        : [new SyntaxKept(syntax, document, read), new NameCheck(syntax, document, read, said)]),
      new ShapeCheck(document, true),
    ];
    this.definitions = syntax && new DefinitionsKept(syntax, document, read, said);
    this.otherCheck = new EditCheck(others);
    this.check = new EditCheck([...others, ...(this.definitions === undefined ? [] : [this.definitions])]);
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
    const { candidate, verdict, gone } = await this.accepted(rewrite, steps);
    const { span, newText, origin } = candidate;
    const { by, problems } = await this.problemsIn(candidate, writer.signal);
    const all = [...verdict.by, ...by];
    // Whether the new text does what was asked, no check can tell.
    const reason = all.length === 0 ? 'noChecker' : 'notReproduced';
    return {
      span,
      newText,
      origin,
      verdict: { kind: 'unverified', reason, by: all },
      ...(gone === undefined ? {} : { gone }),
      ...(problems.length === 0 ? {} : { newProblems: problems }),
    };
  }

  /**
   * A version that lacks a definition is asked for again. When the model writes no other one, it is offered with a
   * warning: the sentence may mean it in words that aren't known here, and the user sees the difference.
   */
  private async accepted(
    rewrite: InstructRewrite,
    steps: RepairSteps,
  ): Promise<AcceptedFix & { readonly gone?: readonly string[] }> {
    try {
      return await repair((attempt) => rewrite.write(attempt), false, steps);
    } catch (error) {
      const lossy = this.definitions?.lossy;
      if (lossy === undefined || !isNoFix(error)) throw error;
      const { proposal, gone } = lossy;
      const result = await this.otherCheck.run(proposal, steps.signal);
      if (result.kind === 'rejected') throw error;
      const candidate: Candidate = { ...proposal, origin: 'model', needsProof: false };
      return { candidate, verdict: result.verdict, gone };
    }
  }

  /** They are told, not held against it: what was asked for may need further changes, such as an import. */
  private async problemsIn({ document }: Candidate, signal: AbortSignal): Promise<ProblemReport> {
    const { checkers } = this.checks;
    if (checkers === undefined) return { by: [], problems: [] };
    const { uri, languageId, text } = this.source;
    const texts = { before: this.read(text), after: this.read(document) };
    return newProblems(checkers, { uri, languageId }, texts, this.isTrusted, signal);
  }
}

function isNoFix(error: unknown): boolean {
  return (
    error instanceof EngineError && error.data.kind === 'editImpossible' && error.data.reason === 'noFix'
  );
}
