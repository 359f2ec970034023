import type { Diagnostic } from 'vscode-languageserver-protocol';
import type { EditParams } from '../../../protocol/edit.js';
import { textsIn, type LineSpan } from '../../language/lines.js';
import { leadingMagics, magicsIn, withoutMagics } from '../../language/notebookCell.js';
import type { AnswerWriter } from '../answerWriter.js';
import type { Checkers } from '../../checkers/checkers.js';
import { CheckerCheck } from '../check/checkerCheck.js';
import { EditCheck } from '../check/editCheck.js';
import type { CheckedDocument } from '../check/check.js';
import { NameCheck } from '../check/nameCheck.js';
import { ShapeCheck } from '../check/shapeCheck.js';
import { SyntaxCheck, type SyntaxReader } from '../check/syntaxCheck.js';
import { linesAround, shapeOf, withoutMargin } from '../codeShape.js';
import {
  impossible,
  type EditOutcome,
  type EditSource,
  type EditTask,
  type ReportEdit,
} from '../editTask.js';
import { missingImportCandidates } from './candidates/missingImport.js';
import type { ProjectExports } from './imports/projectExports.js';
import { isFartherName, misspellingCandidates } from './candidates/misspelling.js';
import { typographyCandidates } from './candidates/typography.js';
import { foreignSyntaxCandidates } from './candidates/foreignSyntax.js';
import { indentationCandidates } from './candidates/indentation.js';
import { missingTokenCandidates } from './candidates/missingToken.js';
import type { Candidate, FixPlace } from './candidates/candidate.js';
import { compilerFixCandidates, quickFixCandidates } from './candidates/quickFixes.js';
import { RegionRewrite, type RewrittenRegion } from './candidates/regionRewrite.js';
import { endsInFence } from './draftCleaner.js';
import type { FixQuestion } from './fixPrompt.js';
import { findRegion, wholeLines } from './region.js';
import { firstAccepted, repair, type AcceptedFix, type RepairSteps } from './repairLoop.js';

const LINES_BEFORE = 10;
const LINES_AFTER = 5;
const MAX_PROBLEMS = 5;
/** Trying tokens in a longer text takes too long. */
const MAX_TEXT_LENGTH = 200_000;
/** Characters that are parsed for candidates that need no model: one to two seconds, less than a model's first answer. */
const PARSED_CHARACTERS = 8_000_000;
const MAX_CANDIDATES = 300;
/** For candidates that a tool has to be started for: a model's first answer takes longer. */
const MAX_TOOL_MS = 4000;
/** Words that are corrected, one after another. */
const MAX_NAMES = 10;

/** What checks a fix; without, it is offered unchecked. */
export interface FixChecks {
  readonly syntax?: SyntaxReader;
  readonly checkers?: Pick<Checkers, 'check'>;
  /** Asks compilers what they would change. */
  readonly suggestions?: Pick<Checkers, 'fixes'>;
  /** Finds names in other files of the project. */
  readonly projectExports?: Pick<ProjectExports, 'statementsFor'>;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** Corrects the errors of a part of a document. */
export class FixTask implements EditTask {
  readonly span: LineSpan;
  private readonly region: RewrittenRegion;
  private readonly place: FixPlace;
  private readonly quickFixes: EditParams['quickFixes'];
  private readonly syntaxCheck: SyntaxCheck | undefined;
  private readonly nameCheck: NameCheck | undefined;
  private readonly toolCheck: CheckerCheck | undefined;
  private readonly check: EditCheck;
  private readonly syntax: SyntaxReader | undefined;
  private readonly now: () => number;
  private readonly suggestionsOf: ((signal: AbortSignal) => Promise<readonly string[]>) | undefined;
  private readonly exportsOf: (name: string) => Promise<readonly string[]>;

  /** @throws EngineError `emptyRegion` */
  constructor(source: EditSource, params: EditParams, tools: FixChecks) {
    const { syntax, checkers, suggestions, projectExports, now } = tools;
    this.syntax = syntax;
    this.now = now ?? Date.now;
    const { uri, lines, languageId, text } = source;
    const found = findRegion(lines, params, languageId);
    if (found === undefined) throw impossible('emptyRegion');
    // Magics are the notebook's, and the model knows nothing better.
    const magics = leadingMagics(uri, textsIn(lines, { start: 0, end: found.end }));
    this.span = { start: Math.max(found.start, magics), end: found.end };
    if (this.span.start >= this.span.end) throw impossible('emptyRegion');
    this.region = regionOf(source, this.span, params);
    const messages = this.region.question.problems.map(({ message }) => message);
    const document: CheckedDocument = { languageId, text, target: targetOf(source, params), messages };
    const read = (each: string): string => withoutMagics(uri, languageId, each);
    if (syntax !== undefined) {
      this.syntaxCheck = new SyntaxCheck(syntax, document, read);
      this.nameCheck = new NameCheck(syntax, document, read);
    }
    const file = { uri, isTrusted: params.isTrusted ?? false };
    this.toolCheck = checkers && new CheckerCheck(checkers, document, file, this.syntaxCheck, read);
    const shape = new ShapeCheck(document, false, (each) => magicsIn(uri, languageId, each));
    const checks = [shape, this.syntaxCheck, this.nameCheck, this.toolCheck];
    this.check = new EditCheck(checks.filter((each) => each !== undefined));
    this.place = { ...document, lines: textsIn(lines, { start: 0, end: lines.count }) };
    this.quickFixes = params.quickFixes;
    // In a notebook's cell with magics the tools see another text.
    if (suggestions !== undefined && read(text) === text)
      this.suggestionsOf = (signal) =>
        suggestions.fixes({ uri, languageId, text }, document.target, file.isTrusted, signal);
    this.exportsOf = (name) => projectExports?.statementsFor(name, source) ?? Promise.resolve([]);
  }

  async withoutModel(report: ReportEdit, signal: AbortSignal): Promise<EditOutcome | undefined> {
    const { check } = this;
    const accepted = await firstAccepted(this.cheapCandidates(report, signal), { check, signal });
    return accepted && outcomeOf(accepted);
  }

  async write(writer: AnswerWriter, report: ReportEdit): Promise<EditOutcome> {
    const rewrite = new RegionRewrite(this.region, writer, (text) => report({ kind: 'draft', text }));
    const steps: RepairSteps = {
      check: this.check,
      signal: writer.signal,
      onCandidate: (origin, round) => report({ kind: 'candidate', origin, round }),
      onCheck: () => report({ kind: 'check' }),
    };
    const hasProblem = this.region.question.problems.length > 0;
    return outcomeOf(await repair((attempt) => rewrite.write(attempt), hasProblem, steps));
  }

  private async *nameCandidates(report: ReportEdit, signal: AbortSignal): AsyncGenerator<Candidate, void> {
    const { place, syntax } = this;
    report({ kind: 'candidate', origin: 'import', round: 1 });
    const unbound = (await this.nameCheck?.unbound(signal)) ?? [];
    const near = unbound.filter(({ line }) => line >= place.target.start && line < place.target.end);
    const names = near.map(({ name }) => name);
    const clears = async (candidate: Candidate): Promise<boolean> => {
      const comparison = await this.toolCheck?.compare(candidate, signal);
      return comparison?.isProblemGone === true && comparison.objection === undefined;
    };
    yield* missingImportCandidates(place, names, this.exportsOf, clears);
    report({ kind: 'candidate', origin: 'spelling', round: 1 });
    yield* (await misspellingCandidates(place, names, syntax, signal)).slice(0, MAX_NAMES);
  }

  private async *cheapCandidates(report: ReportEdit, signal: AbortSignal): AsyncGenerator<Candidate, void> {
    const { place, syntaxCheck, quickFixes = [] } = this;
    let left = Math.min(MAX_CANDIDATES, Math.ceil(PARSED_CHARACTERS / (place.text.length + 1)));
    const farther = quickFixes.filter((quickFix) => isFartherName(place, quickFix));
    if (quickFixes.length > 0) report({ kind: 'candidate', origin: 'quickFix', round: 1 });
    const nearer = quickFixes.filter((quickFix) => !farther.includes(quickFix));
    yield* quickFixCandidates(place.text, nearer);
    const isSearched = place.text.length <= MAX_TEXT_LENGTH && place.messages.length > 0;
    if (isSearched) {
      yield* typographyCandidates(place);
      yield* this.nameCandidates(report, signal);
    }
    yield* quickFixCandidates(place.text, farther);
    if (!isSearched) return;
    const problems = await syntaxCheck?.problems(signal);
    // Without a grammar, or where it allows what the language doesn't, the language's own tool finds the token.
    const hasErrors = problems !== undefined && problems.length > 0;
    const isForTool = problems === undefined || (await this.toolCheck?.hasSyntaxProblem(signal)) === true;
    const proof = hasErrors ? syntaxCheck : isForTool ? this.toolCheck : undefined;
    if (proof === undefined) {
      if (this.suggestionsOf === undefined) return;
      // Where a bracket or a quote is missing, compilers suggest one of several places.
      report({ kind: 'candidate', origin: 'compiler', round: 1 });
      yield* compilerFixCandidates(place.text, await this.suggestionsOf(signal));
      return;
    }
    const end = hasErrors ? Infinity : this.now() + MAX_TOOL_MS;
    report({ kind: 'candidate', origin: 'syntax', round: 1 });
    const isCorrect = async (candidate: Candidate): Promise<boolean> => {
      if (left-- <= 0 || this.now() >= end) return false;
      const comparison = await proof.compare(candidate, signal);
      const isGone = comparison?.isProblemGone === true && comparison.objection === undefined;
      if (!isGone || this.toolCheck === undefined) return isGone;
      return hasErrors
        ? this.toolCheck.agrees(candidate, signal)
        : !(await this.toolCheck.hasErrorIn(candidate, signal));
    };
    const known = hasErrors ? problems : [{ line: place.target.start, column: 0, message: '' }];
    for (const candidate of foreignSyntaxCandidates(place, known))
      if (await isCorrect(candidate)) yield candidate;
    yield* missingTokenCandidates(place, known, isCorrect);
    yield* indentationCandidates(place, isCorrect);
  }
}

function outcomeOf({ candidate, verdict }: AcceptedFix): EditOutcome {
  const { span, newText, origin } = candidate;
  return { span, newText, origin, verdict };
}

/** The lines that the problems are on: a selection may be about all of its lines. */
function targetOf({ lines }: EditSource, { range, isSelection, diagnostics }: EditParams): LineSpan {
  const [first, ...others] = diagnostics.map((each) => wholeLines(lines, each.range));
  if (first === undefined || isSelection) return wholeLines(lines, range);
  return others.reduce(
    (all, { start, end }) => ({ start: Math.min(all.start, start), end: Math.max(all.end, end) }),
    first,
  );
}

function regionOf(source: EditSource, span: LineSpan, params: EditParams): RewrittenRegion {
  const { lines, languageId } = source;
  const shape = shapeOf(textsIn(lines, span), params.indent);
  const code = withoutMargin(textsIn(lines, span), shape.margin);
  const before = linesAround(lines, span.start - LINES_BEFORE, span.start, shape.margin);
  const after = linesAround(lines, span.end, span.end + LINES_AFTER, shape.margin);
  const isInFence = endsInFence(textsIn(lines, { start: 0, end: span.start }));
  return {
    source,
    span,
    question: { languageId, code, problems: problemsIn(params.diagnostics, span) },
    cleaning: { fence: '```', code, shape, isInFence, before, after },
  };
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
