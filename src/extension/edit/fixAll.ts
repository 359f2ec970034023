import * as vscode from 'vscode';
import type { EditResult } from '../../protocol/edit.js';
import { EngineFailure, type EngineClient } from '../engine/engineClient.js';
import { fromProtocolRange, toProtocolRange } from '../engine/protocolConversions.js';
import { requestEdit } from './editRequest.js';
import type { EditTarget } from './editTarget.js';
import { FixAllText, type LinesEdit } from './fixAllText.js';
import { progressText } from './progressText.js';
import { quickFixesFor } from './quickFixes.js';

/** A file with more of them is in another language, or no code at all; Fix All can be run again. */
const MAX_PLACES = 30;

export interface AllFixes {
  /** All fixes as one edit; `undefined` when there is none. */
  readonly edit: (LinesEdit & { readonly by: readonly string[] }) | undefined;
  /** The diagnostics that the edit is for. */
  readonly fixed: readonly vscode.Diagnostic[];
  readonly leftCount: number;
}

/** The errors and warnings of a document, those that begin on the same line together, in the text's order. */
export function problemPlaces(
  document: vscode.TextDocument,
  range?: vscode.Range,
): readonly (readonly vscode.Diagnostic[])[] {
  const lines = new Map<number, vscode.Diagnostic[]>();
  const problems = vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning)
    .filter((each) => range?.intersection(each.range) !== undefined || range === undefined)
    .sort((one, other) => one.range.start.compareTo(other.range.start));
  for (const problem of problems) {
    const { line } = problem.range.start;
    lines.set(line, [...(lines.get(line) ?? []), problem]);
  }
  return [...lines.values()];
}

/**
 * Fixes one place after another, each in the text that the fixes before it have made. Only verified fixes are kept:
 * a user looks at each of them less closely than at a single one.
 * @param say told of each step
 */
export async function fixAll(
  engine: EngineClient,
  document: vscode.TextDocument,
  places: readonly (readonly vscode.Diagnostic[])[],
  token: vscode.CancellationToken,
  say: (step: string) => void,
): Promise<AllFixes> {
  const text = new FixAllText(document.getText());
  const by = new Set<string>();
  const fixed: vscode.Diagnostic[] = [];
  const { version } = document;
  const considered = places.slice(0, MAX_PLACES);
  for (const [index, problems] of considered.entries()) {
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    // The rest is left: what diagnostics say is no longer about this text.
    if (document.version !== version) break;
    const count = vscode.l10n.t('{0} of {1}', index + 1, considered.length);
    say(count);
    const sayStep = (step: string): void => say(`${count} · ${step}`);
    // A line may have several independent problems.
    for (let open = problems; open.length > 0;) {
      const result = await fixPlace(engine, document, open, text, token, sayStep);
      if (result?.verdict.kind !== 'verified') break;
      text.apply(result);
      for (const name of result.verdict.by) by.add(name);
      const still = stillOpen(open, result.verdict.left ?? []);
      fixed.push(...open.filter((each) => !still.includes(each)));
      open = still;
    }
  }
  const edit = text.merged();
  const all = places.reduce((sum, { length }) => sum + length, 0);
  return { edit: edit && { ...edit, by: [...by] }, fixed, leftCount: all - fixed.length };
}

/**
 * The diagnostics that a fix has left; fewer than there were. The editor's language may differ from that of the check,
 * then only their number is known.
 */
function stillOpen(
  open: readonly vscode.Diagnostic[],
  left: readonly string[],
): readonly vscode.Diagnostic[] {
  const named = open.filter(({ message }) => left.includes(message));
  const still = named.length > 0 || left.length === 0 ? named : open.slice(-left.length);
  return still.length < open.length ? still : open.slice(1);
}

/** @returns `undefined` when there is no fix */
async function fixPlace(
  engine: EngineClient,
  document: vscode.TextDocument,
  problems: readonly vscode.Diagnostic[],
  text: FixAllText,
  token: vscode.CancellationToken,
  say: (step: string) => void,
): Promise<EditResult | undefined> {
  const moved = problems.flatMap((problem) => {
    const place = text.placeOf(toProtocolRange(problem.range));
    if (place === undefined) return [];
    const copy = new vscode.Diagnostic(fromProtocolRange(place), problem.message, problem.severity);
    return [Object.assign(copy, { source: problem.source, code: problem.code })];
  });
  const [first, ...others] = moved;
  // Its lines have been rewritten: what its message says may no longer be so.
  if (first === undefined || moved.length < problems.length) return undefined;
  const range = others.reduce((all, other) => all.union(other.range), first.range);
  const target: EditTarget = { document, range, isSelection: false, diagnostics: moved };
  const offered = await quickFixesFor(document, problems[0]?.range ?? range);
  const quickFixes = offered.flatMap((fix) => {
    const edits = fix.edits.flatMap((edit) => {
      const place = text.placeOf(edit.range);
      return place === undefined ? [] : [{ ...edit, range: place }];
    });
    return edits.length === fix.edits.length ? [{ ...fix, edits }] : [];
  });
  try {
    const input = { intent: 'fix', target, symbol: undefined, quickFixes, text: text.text } as const;
    return await requestEdit(engine, input, token, (progress) => {
      const step = progressText(progress, 'fix');
      if (step !== undefined) say(step);
    });
  } catch (error) {
    if (error instanceof EngineFailure && error.data.kind === 'editImpossible') return undefined;
    throw error;
  }
}
