import type { ApplyWorkspaceEditParams, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { indentAt } from '../../engine/edit/codeShape.js';
import { impossible } from '../../engine/edit/editTask.js';
import type { ServerParts } from '../../engine/lsp/clientAdapter.js';
import type { EditIntent, EditResult } from '../../protocol/edit.js';
import type { CommandTarget } from './commandTarget.js';
import type { EditorCapabilities } from './editorCapabilities.js';
import type { WorkDoneProgress } from './workDoneProgress.js';
import { documentedText, editVerdictText, editWarnings, verdictText } from '../verdictText.js';
import type { Notifications } from './notifications.js';

/** `youtu.fix`, `youtu.document`, `youtu.documentAll` and `youtu.edit`: has the model rewrite lines and the editor apply the edit. */
export class EditCommand {
  constructor(
    private readonly parts: Pick<ServerParts, 'connection' | 'documents' | 'engine'>,
    private readonly client: EditorCapabilities,
    private readonly notifications: Notifications,
  ) {}

  /** @throws EngineError; the signal's reason when aborted */
  async run(
    intent: EditIntent,
    { uri, range, isSelection, diagnostics, instruction }: CommandTarget,
    progress: WorkDoneProgress,
    signal: AbortSignal,
  ): Promise<void> {
    const { documents, engine } = this.parts;
    const document = documents.get(uri);
    if (document === undefined) throw impossible('noDocument');
    const { version } = document;
    const indent = indentAt(document, range.start);
    // An editor without a notion of trust opens only what the user trusts.
    const params = {
      intent,
      range,
      isSelection,
      diagnostics,
      indent,
      isTrusted: true,
      ...(instruction === undefined ? {} : { instruction }),
    };
    const result = await engine.edit.edit(
      { ...params, textDocument: { uri, version }, progressToken: '' },
      document,
      signal,
      (each) => {
        if (each.kind === 'symbol') progress.report(`${each.index} of ${each.count}: ${each.name}`);
        else if (each.kind === 'draft' && intent !== 'documentAll') progress.report(lineCount(each.text));
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
    if (!applied)
      this.notifications.warn(
        `The editor rejected the new version${failureReason === undefined ? '' : ` (${failureReason})`}. Try again.`,
      );
    else if (intent === 'fix') this.notifications.info(verdictText(result.verdict));
    else if (intent === 'edit') {
      const warnings = editWarnings(result);
      if (warnings.length === 0) this.notifications.info(editVerdictText(result));
      else this.notifications.warn([...warnings, editVerdictText(result)].join(' '));
    } else if (result.documented !== undefined) this.notifications.info(documentedText(result.documented));
  }
}

function lineCount(text: string): string {
  const count = text.split('\n').length;
  return count === 1 ? '1 line' : `${count} lines`;
}

const LINE_END = /\r\n|\n|\r/;
const LINE_ENDS = /\r\n|\n|\r/g;

/**
 * An edit of the lines that differ only, so that cursors, folds and marks in the other lines stay where they are.
 */
export function changedLines({
  range,
  oldText,
  newText,
}: Pick<EditResult, 'range' | 'oldText' | 'newText'>): TextEdit {
  const old = oldText.split(LINE_END);
  const lines = newText.split(LINE_END);
  const ends = newText.match(LINE_ENDS) ?? [];
  // At least one line is replaced by one, so that no line break has to be added or removed at the edges.
  const maxSame = Math.min(old.length, lines.length) - 1;
  let above = 0;
  while (above < maxSame && old[above] === lines[above]) above++;
  let below = 0;
  while (above + below < maxSame && old.at(-1 - below) === lines.at(-1 - below)) below++;
  return {
    range: {
      start: { line: range.start.line + above, character: above === 0 ? range.start.character : 0 },
      end: { line: range.end.line - below, character: old.at(-1 - below)?.length ?? 0 },
    },
    newText: lines
      .slice(above, lines.length - below)
      .map((line, i, { length }) => line + (i === length - 1 ? '' : (ends[above + i] ?? '\n')))
      .join(''),
  };
}
