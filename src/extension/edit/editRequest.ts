import * as vscode from 'vscode';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import {
  EditProgressType,
  EditRequest,
  type EditIntent,
  type EditProgress,
  type EditResult,
  type EditTurn,
  type QuickFix,
} from '../../protocol/edit.js';
import type { EngineClient } from '../engine/engineClient.js';
import { fromProtocolRange, toProtocolRange } from '../engine/protocolConversions.js';
import { indentUnitOf } from '../indentUnit.js';
import type { EditPreview } from './editPreview.js';
import type { EditTarget } from './editTarget.js';
import { progressText } from './progressText.js';

export interface EditInput {
  readonly intent: EditIntent;
  readonly target: EditTarget;
  /** The symbol around it, if the editor knows one. */
  readonly symbol: vscode.Range | undefined;
  /** Candidates that need no model. */
  readonly quickFixes: readonly QuickFix[];
  /** The text to edit, when it isn't the document's. */
  readonly text?: string;
  /** With `edit`: the user's sentence, and those before it. */
  readonly instruction?: string;
  readonly history?: readonly EditTurn[];
}

/** Requests an edit from the engine; `onProgress` is called while it is written. */
export async function requestEdit(
  engine: EngineClient,
  { intent, target, symbol, quickFixes, text, instruction, history }: EditInput,
  token: vscode.CancellationToken,
  onProgress: (progress: EditProgress) => void,
): Promise<EditResult> {
  const { document, range, isSelection, diagnostics } = target;
  const progressToken = `edit-${crypto.randomUUID()}`;
  const listener = engine.onProgress(EditProgressType, progressToken, onProgress);
  try {
    return await engine.request(
      EditRequest,
      {
        textDocument: { uri: document.uri.toString(), version: document.version },
        intent,
        range: toProtocolRange(range),
        isSelection,
        ...(symbol === undefined ? {} : { symbol: toProtocolRange(symbol) }),
        diagnostics: diagnostics.map(toProtocolDiagnostic),
        ...(quickFixes.length === 0 ? {} : { quickFixes }),
        ...(text === undefined ? {} : { text }),
        ...(instruction === undefined ? {} : { instruction }),
        ...(history === undefined ? {} : { history }),
        indent: indentUnitOf(document),
        isTrusted: vscode.workspace.isTrusted,
        progressToken,
      },
      token,
    );
  } finally {
    listener.dispose();
  }
}

/** Requests an edit, and shows it in the preview while it is written. @param say is given what is being done */
export async function writeIntoPreview(
  engine: EngineClient,
  input: EditInput,
  preview: EditPreview,
  say: (step: string) => void,
): Promise<EditResult> {
  let isShown: Promise<void> | undefined;
  const result = await requestEdit(engine, input, preview.token, (progress) => {
    if (progress.kind === 'region') {
      preview.setRegion(fromProtocolRange(progress.range));
      isShown ??= preview.show();
    } else if (progress.kind === 'draft') preview.draft(progress.text);
    const step = progressText(progress, input.intent);
    if (step !== undefined) say(step);
  });
  await isShown;
  return result;
}

function toProtocolDiagnostic({ message, range, severity, source, code }: vscode.Diagnostic): Diagnostic {
  const number = typeof code === 'object' ? code.value : code;
  return {
    message,
    range: toProtocolRange(range),
    // LSP counts severities from 1, VS Code from 0.
    severity: (severity + 1) as 1 | 2 | 3 | 4,
    ...(source === undefined ? {} : { source }),
    ...(number === undefined ? {} : { code: number }),
  };
}
