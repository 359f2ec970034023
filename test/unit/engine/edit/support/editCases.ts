import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { EditParams } from '../../../../../src/protocol/edit.js';
import { EngineError } from '../../../../../src/protocol/errors.js';

export const BROKEN = 'def f(x):\n    y = x\n    return z\n';
export const FIXED = 'def f(x):\n    y = x\n    return y';

export const open = (text: string, languageId = 'python'): TextDocument =>
  TextDocument.create('file:///x', languageId, 1, text);

/** A diagnostic on a line. */
export function diagnosticAt(line: number, message = '"z" is not defined'): Partial<EditParams> {
  const range = { start: { line, character: 4 }, end: { line, character: 10 } };
  return { range, diagnostics: [{ range, message, severity: 1 }] };
}

/** Why an edit was refused. */
export async function reasonOf(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof EngineError, String(error));
  return error.data.kind === 'editImpossible' ? error.data.reason : error.data.kind;
}
