import type { ApplyWorkspaceEditParams, WorkspaceEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { contextOf } from '../../engine/completion/cursor/completionContext.js';
import { indentUnit } from '../../engine/language/indentUnit.js';
import { cursorContextAt } from '../../engine/completion/cursor/cursorContext.js';
import { impossible } from '../../engine/edit/editSource.js';
import type { ServerParts } from '../../engine/lsp/clientAdapter.js';
import type { EditIntent, EditResult } from '../../protocol/edit.js';
import { changedLines } from './changedLines.js';
import type { CommandTarget } from './commandTarget.js';
import type { EditorClient } from './editorClient.js';
import type { EditorProgress } from './editorProgress.js';
import { doubtSentence } from './editSentence.js';
import type { Notices } from './notices.js';

/** Four blanks: what most are, where the text doesn't tell. */
const DEFAULT_INDENT = { useTabs: false, size: 4 };

/** `youtu.fix` and `youtu.document`: has the model write lines anew, and the editor put them in. */
export class EditCommand {
  constructor(
    private readonly parts: Pick<ServerParts, 'connection' | 'documents' | 'engine'>,
    private readonly client: EditorClient,
    private readonly notices: Notices,
  ) {}

  /** @throws EngineError; the signal's reason when aborted */
  async run(
    intent: EditIntent,
    { uri, range, isSelection, diagnostics }: CommandTarget,
    progress: EditorProgress,
    signal: AbortSignal,
  ): Promise<void> {
    const { documents, engine } = this.parts;
    const document = documents.get(uri);
    if (document === undefined) throw impossible('noDocument');
    const { version } = document;
    const params = { intent, range, isSelection, diagnostics, indent: indentOf(document, range.start) };
    const result = await engine.edit.edit(
      { ...params, textDocument: { uri, version }, progressToken: '' },
      document,
      signal,
      (each) => {
        if (each.kind === 'draft') progress.report(lineCount(each.text));
      },
    );
    signal.throwIfAborted();
    if (documents.get(uri)?.version !== result.version) throw impossible('documentChanged');
    await this.apply(intent, uri, result);
  }

  private async apply(intent: EditIntent, uri: string, result: EditResult): Promise<void> {
    const edits = [changedLines(result)];
    const edit: WorkspaceEdit = this.client.hasDocumentChanges
      ? { documentChanges: [{ textDocument: { uri, version: result.version }, edits }] }
      : { changes: { [uri]: edits } };
    const params: ApplyWorkspaceEditParams = { label: `Youtu Code: ${intent}`, edit };
    const { applied, failureReason } = await this.parts.connection.workspace.applyEdit(params);
    const doubt = doubtSentence(result.verdict);
    if (!applied)
      this.notices.warn(
        `The editor did not take the new version${failureReason === undefined ? '' : ` (${failureReason})`}. Try again.`,
      );
    else if (doubt !== undefined) this.notices.warn(doubt);
  }
}

function indentOf(document: TextDocument, position: CommandTarget['range']['start']): typeof DEFAULT_INDENT {
  return indentUnit(contextOf(cursorContextAt(document, position))) ?? DEFAULT_INDENT;
}

function lineCount(text: string): string {
  const count = text.split('\n').length;
  return count === 1 ? '1 line' : `${count} lines`;
}
