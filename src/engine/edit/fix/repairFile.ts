/** Fixes the problems of a whole file one after the other, or one place that the user has named. */
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { EditParams, EditResult } from '../../../protocol/edit.js';
import { EngineError } from '../../../protocol/errors.js';
import type { CheckFile } from '../../checkers/checker.js';
import { linesOf } from '../../language/lines.js';
import type { SyntaxProblem } from '../../syntax/syntaxErrors.js';
import { indentAt } from '../codeShape.js';
import type { EditService } from '../editService.js';
import { isImproved } from '../check/syntaxCheck.js';

/** Each round fixes one place. A file with more errors is in another language, or no code at all. */
const MAX_ROUNDS = 5;

/** Where a fix applies: lines from 0, including the last one. */
export interface FixTarget {
  readonly start: number;
  readonly end: number;
  /** What a compiler says about it. */
  readonly message?: string;
}

export interface RepairFileDeps {
  readonly edit: Pick<EditService, 'edit'>;
  /** What is wrong with a text; `undefined` when nothing can check its language. */
  readonly check: (text: string) => Promise<readonly SyntaxProblem[] | undefined>;
  /** Programs may be started to check a fix. */
  readonly isTrusted: boolean;
  readonly signal: AbortSignal;
}

export interface RepairedFile {
  readonly text: string;
  readonly edits: readonly EditResult[];
  /** What is wrong with the text still. */
  readonly left: readonly SyntaxProblem[];
  /** The model found no fix for a place: what it wrote there was no better and is not in the text. */
  readonly isGivenUp: boolean;
}

/**
 * @param target named by the user; no check need see a problem there. Left out, each round fixes the first problem.
 * @throws EngineError `editImpossible` when the first place can't be rewritten; the signal's reason
 */
export async function repairFile(
  { uri, languageId, text }: CheckFile,
  target: FixTarget | undefined,
  deps: RepairFileDeps,
): Promise<RepairedFile> {
  let current = { text, problems: (await deps.check(text)) ?? [] };
  const edits: EditResult[] = [];
  // Named lines have moved after the first round, and the rest of the file was not asked for.
  const rounds = target === undefined ? MAX_ROUNDS : 1;
  for (let round = 0; round < rounds; round++) {
    const place = target ?? targetOf(current.problems[0]);
    if (place === undefined) break;
    const document = TextDocument.create(uri, languageId, round + 1, current.text);
    const result = await editOf(
      document,
      { ...paramsFor(document, place, current.problems), isTrusted: deps.isTrusted },
      deps,
      edits.length > 0,
    );
    const fixed = result && (await applied(document, result, deps));
    const span = { start: place.start, end: place.end + 1 };
    // What a syntax error hid comes to light with its fix.
    const isBetter = (): boolean =>
      result?.verdict.kind === 'verified' || (fixed !== undefined && isImproved(current, fixed, span));
    if (result === undefined || fixed === undefined || !isBetter())
      return { text: current.text, edits, left: current.problems, isGivenUp: true };
    current = fixed;
    edits.push(result);
  }
  return { text: current.text, edits, left: current.problems, isGivenUp: false };
}

/**
 * @param mayFail an earlier round has fixed something, which must not be lost
 * @returns `undefined` when the model has no answer
 */
async function editOf(
  document: TextDocument,
  params: EditParams,
  { edit, signal }: RepairFileDeps,
  mayFail: boolean,
): Promise<EditResult | undefined> {
  try {
    return await edit.edit(params, document, signal, () => undefined);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (mayFail) return undefined;
    if (error.data.kind !== 'editImpossible') throw error;
    if (error.data.reason === 'noChange' || error.data.reason === 'noFix') return undefined;
    throw error;
  }
}

async function applied(
  document: TextDocument,
  { range, newText }: EditResult,
  { check }: RepairFileDeps,
): Promise<{ readonly text: string; readonly problems: readonly SyntaxProblem[] }> {
  const text = TextDocument.applyEdits(document, [{ range, newText }]);
  return { text, problems: (await check(text)) ?? [] };
}

function targetOf(problem: SyntaxProblem | undefined): FixTarget | undefined {
  return problem && { start: problem.line, end: problem.line };
}

function paramsFor(
  document: TextDocument,
  { start, end, message }: FixTarget,
  problems: readonly SyntaxProblem[],
): EditParams {
  const lines = linesOf(document.getText());
  const range = (first: number, last: number): Diagnostic['range'] => ({
    start: { line: first, character: 0 },
    end: { line: last, character: Math.max(1, lines.at(last).length) },
  });
  const complaints = [
    ...(message === undefined ? [] : [{ line: start, message }]),
    ...problems.filter(({ line }) => line >= start && line <= end),
  ];
  return {
    textDocument: { uri: document.uri, version: document.version },
    intent: 'fix',
    range: range(start, end),
    // A single line is where the error shows; several are the region itself.
    isSelection: end > start,
    diagnostics: complaints.map((complaint) => ({
      range: range(complaint.line, complaint.line),
      message: complaint.message,
      severity: 1,
    })),
    indent: indentAt(document, range(start, end).start),
    progressToken: '',
  };
}
