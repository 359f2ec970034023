import assert from 'node:assert/strict';
import { CancellationToken } from 'vscode-languageserver-protocol/node';
import {
  EditProgressType,
  EditRequest,
  type EditIntent,
  type EditParams,
  type EditProgress,
  type EditResult,
} from '../../../src/protocol/edit.js';
import type { EngineProcess } from './engineProcess.js';

export interface MarkedEdit extends Partial<EditParams> {
  /** The document, with `▮` at the cursor. */
  readonly marked: string;
  readonly language: string;
  readonly intent: EditIntent;
  /** The diagnostic at `▮`. */
  readonly message?: string;
}

/**
 * Requests an edit over LSP, as the extension does.
 * @returns the result, and the document with the edit applied
 */
export async function editWith(
  engine: EngineProcess,
  { marked, language, intent, message, ...params }: MarkedEdit,
  onProgress: (progress: EditProgress) => void = () => undefined,
  token: CancellationToken = CancellationToken.None,
): Promise<{ result: EditResult; text: string }> {
  const { uri, position } = await engine.open(marked, language);
  const range = { start: position, end: { ...position, character: position.character + 1 } };
  const progressToken = `edit ${uri}`;
  const listener = engine.connection.onProgress(EditProgressType, progressToken, onProgress);
  const all: EditParams = {
    textDocument: { uri, version: 1 },
    intent,
    range,
    isSelection: false,
    diagnostics: message === undefined ? [] : [{ range, message, severity: 1 }],
    indent: { useTabs: language === 'go', size: 4 },
    progressToken,
    ...params,
  };
  try {
    const result = await engine.connection.sendRequest<EditResult>(EditRequest.method, all, token);
    return { result, text: withEdit(marked.replace('▮', ''), result) };
  } finally {
    listener.dispose();
  }
}

function withEdit(text: string, { range, oldText, newText }: EditResult): string {
  const start =
    text.split('\n').slice(0, range.start.line).join('\n').length + (range.start.line > 0 ? 1 : 0);
  assert.equal(text.slice(start, start + oldText.length), oldText);
  return text.slice(0, start) + newText + text.slice(start + oldText.length);
}
