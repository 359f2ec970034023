/** Edits by instruction, with a model that has scripted answers. */
import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { EditParams, EditResult } from '../../../../../src/protocol/edit.js';
import { EngineError, type EngineErrorData } from '../../../../../src/protocol/errors.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import { ScriptedEdit } from './scriptedEdit.js';

export const MEAN = 'def mean(values):\n    return sum(values) / len(values)\n';
export const GUARDED =
  'def mean(values):\n    if not values:\n        return 0\n    return sum(values) / len(values)';

export const open = (text: string, languageId = 'python', uri = 'file:///x'): TextDocument =>
  TextDocument.create(uri, languageId, 1, text);

export const applied = (document: TextDocument, { range, newText }: EditResult): string =>
  TextDocument.applyEdits(document, [{ range, newText }]);

export function lines(first: number, end: number): Pick<EditParams, 'range' | 'isSelection'> {
  return {
    range: { start: { line: first, character: 0 }, end: { line: end, character: 0 } },
    isSelection: true,
  };
}

export const at = (line: number, character = 0): Pick<EditParams, 'range' | 'isSelection'> => ({
  range: { start: { line, character }, end: { line, character } },
  isSelection: false,
});

export function edit(...answers: readonly string[]): ScriptedEdit {
  return new ScriptedEdit((time) => answers[time] ?? answers.at(-1) ?? '', undefined, new SyntaxTrees());
}

export async function failure(work: Promise<unknown>): Promise<EngineErrorData & { kind: 'editImpossible' }> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof EngineError && error.data.kind === 'editImpossible', String(error));
  return error.data;
}
