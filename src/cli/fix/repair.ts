import type { Diagnostic } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { indentUnit } from '../../engine/language/indentUnit.js';
import type { EditService } from '../../engine/edit/editService.js';
import type { SyntaxProblem } from '../../engine/syntax/syntaxErrors.js';
import { EngineError } from '../../protocol/errors.js';
import type { EditParams, EditResult } from '../../protocol/edit.js';

/** Each round mends one place; a file with more errors is another language, or rubbish. */
const MAX_ROUNDS = 5;
/** A model that has answered with something wrong is asked again: its later tries are chosen by chance. */
const TRIES = 3;

/** What is to be mended, from 0; the last line belongs to it. */
export interface FixTarget {
  readonly start: number;
  readonly end: number;
  /** What a compiler says about it. */
  readonly message?: string;
}

export interface RepairDeps {
  readonly edit: Pick<EditService, 'edit'>;
  /** What the grammar complains about; `undefined` where there is none for the language. */
  readonly check: (text: string) => Promise<readonly SyntaxProblem[] | undefined>;
  readonly signal: AbortSignal;
}

export interface Repaired {
  readonly text: string;
  readonly edits: readonly EditResult[];
  /** What the grammar still complains about. */
  readonly left: readonly SyntaxProblem[];
  /** The model wrote something that is as wrong as before, and was thrown away. */
  readonly isGivenUp: boolean;
}

/**
 * Has what is wrong mended: the place that was named, or else whatever the grammar complains about, one place a round,
 * the text checked after each.
 * @param place named by the person; it needs no syntax error
 * @throws EngineError `editImpossible` where nothing can be written anew; the signal's reason
 */
export async function repair(
  text: string,
  languageId: string,
  place: FixTarget | undefined,
  means: RepairDeps,
): Promise<Repaired> {
  let left = (await means.check(text)) ?? [];
  let current = text;
  const edits: EditResult[] = [];
  // Lines that were named have moved after one round, and the rest of the file is none of it.
  const rounds = place === undefined ? MAX_ROUNDS : 1;
  for (let round = 0; round < rounds; round++) {
    const wanted = place ?? placeOf(left[0]);
    if (wanted === undefined) break;
    const document = TextDocument.create('file:///mended', languageId, round + 1, current);
    const known = left.filter(({ line }) => line >= wanted.start && line <= wanted.end);
    const better = await tryToRepair({ document, left, known, wanted }, means, edits.length > 0);
    if (better === undefined) return { text: current, edits, left, isGivenUp: true };
    [current, left] = [better.text, better.left];
    edits.push(better.result);
  }
  return { text: current, edits, left, isGivenUp: false };
}

interface Attempt {
  readonly document: TextDocument;
  /** All that the grammar complains about, and what of it lies at the place. */
  readonly left: readonly SyntaxProblem[];
  readonly known: readonly SyntaxProblem[];
  readonly wanted: FixTarget;
}

/** @returns `undefined` when no try has made it better */
async function tryToRepair(
  { document, left, known, wanted }: Attempt,
  means: RepairDeps,
  mayFail: boolean,
): Promise<
  { readonly result: EditResult; readonly text: string; readonly left: readonly SyntaxProblem[] } | undefined
> {
  const seen = new Set<string>();
  for (let tries = 0; tries < TRIES; tries++) {
    const result = await editOf(document, params(document, wanted, known), means, mayFail);
    if (result === undefined) continue;
    const text = TextDocument.applyEdits(document, [{ range: result.range, newText: result.newText }]);
    if (seen.has(text)) return undefined;
    seen.add(text);
    const after = (await means.check(text)) ?? [];
    // What a compiler complains about needs no syntax error, but must not get one.
    const isBetter =
      known.length === 0 ? after.length <= left.length : isLess(left, document.getText(), after, text);
    if (isBetter) return { result, text, left: after };
  }
  return undefined;
}

/** Fewer errors, or as many, the first of them nearer to the end: one may have hidden another. */
function isLess(
  before: readonly SyntaxProblem[],
  oldText: string,
  after: readonly SyntaxProblem[],
  newText: string,
): boolean {
  if (before.length !== after.length) return after.length < before.length;
  const toEnd = (text: string, [first]: readonly SyntaxProblem[]): number =>
    text.split('\n').length - (first?.line ?? 0);
  return toEnd(newText, after) < toEnd(oldText, before);
}

/**
 * @param mayFail something was mended before, which is not to be lost
 * @returns `undefined` when the model has no answer
 */
async function editOf(
  document: TextDocument,
  wanted: EditParams,
  { edit, signal }: RepairDeps,
  mayFail: boolean,
): Promise<EditResult | undefined> {
  try {
    return await edit.edit(wanted, document, signal, () => undefined);
  } catch (error) {
    if (!(error instanceof EngineError) || error.data.kind !== 'editImpossible') throw error;
    if (mayFail || error.data.reason === 'noChange') return undefined;
    throw error;
  }
}

function placeOf(problem: SyntaxProblem | undefined): FixTarget | undefined {
  return problem && { start: problem.line, end: problem.line };
}

/** @param known what the grammar complains about there */
function params(
  document: TextDocument,
  { start, end, message }: FixTarget,
  known: readonly SyntaxProblem[],
): EditParams {
  const range = (first: number, last: number): Diagnostic['range'] => ({
    start: { line: first, character: 0 },
    end: { line: last, character: Math.max(1, lineLength(document, last)) },
  });
  const complaints = [...(message === undefined ? [] : [{ line: start, message }]), ...known];
  const { languageId, uri, version } = document;
  const context = { languageId, prefix: document.getText(), suffix: '', linePrefix: '', lineSuffix: '' };
  return {
    textDocument: { uri, version },
    intent: 'fix',
    range: range(start, end),
    // A single line is where the error shows; several are what the person wants to have written anew.
    isSelection: end > start,
    diagnostics: complaints.map(({ line, message: text }) => ({
      range: range(line, line),
      message: text,
      severity: 1,
    })),
    indent: indentUnit(context) ?? { useTabs: false, size: 4 },
    progressToken: 'terminal',
  };
}

function lineLength(document: TextDocument, line: number): number {
  const start = { line, character: 0 };
  return document.getText({ start, end: { line: line + 1, character: 0 } }).replace(/[\r\n]+$/, '').length;
}
