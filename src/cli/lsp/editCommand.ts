import type { ApplyWorkspaceEditParams, WorkspaceEdit } from 'vscode-languageserver/node';
import { indentAt } from '../../engine/edit/codeShape.js';
import { impossible } from '../../engine/edit/editTask.js';
import type { ServerParts } from '../../engine/lsp/clientAdapter.js';
import type { EditIntent, EditResult } from '../../protocol/edit.js';
import { changedLines } from './changedLines.js';
import type { CommandTarget } from './commandTarget.js';
import type { EditorClient } from './editorClient.js';
import type { EditorProgress } from './editorProgress.js';
import { doubtSentence } from './editSentence.js';
import type { Notices } from './notices.js';

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
    const params = { intent, range, isSelection, diagnostics, indent: indentAt(document, range.start) };
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
        `The editor rejected the new version${failureReason === undefined ? '' : ` (${failureReason})`}. Try again.`,
      );
    else if (doubt !== undefined) this.notices.warn(doubt);
  }
}

function lineCount(text: string): string {
  const count = text.split('\n').length;
  return count === 1 ? '1 line' : `${count} lines`;
}
