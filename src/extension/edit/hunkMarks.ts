import * as vscode from 'vscode';
import type { NewProblem } from '../../protocol/edit.js';
import type { CommandId } from '../commands.js';
import { Disposables } from '../disposables.js';
import type { EditPreview } from './editPreview.js';
import { PREVIEW_SCHEME } from './previewContent.js';

/**
 * Says in the preview which change of how many this is, and offers to take or leave it, where there are several.
 * VS Code shows no CodeLens in diffs unless the user wants it there, so the actions are in the hover.
 */
export class HunkMarks extends Disposables implements vscode.HoverProvider {
  private readonly decoration = this.own(
    vscode.window.createTextEditorDecorationType({
      after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('editorCodeLens.foreground') },
    }),
  );
  private preview: EditPreview | undefined;
  private problems: readonly NewProblem[] = [];

  constructor() {
    super();
    this.own(vscode.languages.registerHoverProvider({ scheme: PREVIEW_SCHEME }, this));
    // A tab that is shown again has lost its decorations, and changes of the document move them.
    this.own(vscode.window.onDidChangeVisibleTextEditors(() => this.mark()));
    this.own(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.scheme === PREVIEW_SCHEME) this.mark();
      }),
    );
  }

  /** @param problems what tools say about the new text */
  show(preview: EditPreview | undefined, problems: readonly NewProblem[]): void {
    this.preview = preview;
    this.problems = problems;
    this.mark();
  }

  provideHover({ uri }: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const { preview } = this;
    if (preview?.editor?.document.uri.toString() !== uri.toString()) return undefined;
    const here = this.problems.filter(({ line }) => line === position.line);
    const said = here.map(({ message, by }) =>
      new vscode.MarkdownString().appendText(vscode.l10n.t('New problem ({0}): {1}', by, message)),
    );
    if (preview.hunks.length < 2 || preview.hunkAt(position.line) === undefined)
      return said.length === 0 ? undefined : new vscode.Hover(said);
    const apply = link('youtu.edit.acceptHunk', vscode.l10n.t('Apply Only This Change'), position.line);
    const leave = link('youtu.edit.rejectHunk', vscode.l10n.t('Leave This Change Out'), position.line);
    const text = new vscode.MarkdownString(`${apply} · ${leave}`);
    text.isTrusted = { enabledCommands: ['youtu.edit.acceptHunk', 'youtu.edit.rejectHunk'] };
    return new vscode.Hover([...said, text]);
  }

  private mark(): void {
    const { preview } = this;
    const { editor, range, hunks } = preview ?? { hunks: [] };
    if (editor === undefined) return;
    const shown = range === undefined || hunks.length < 2 ? [] : hunks;
    editor.setDecorations(
      this.decoration,
      shown.map(({ now }, index) => {
        const line = Math.min((range?.start.line ?? 0) + now.start, editor.document.lineCount - 1);
        const contentText = vscode.l10n.t('Change {0} of {1}', index + 1, shown.length);
        return { range: editor.document.lineAt(line).range, renderOptions: { after: { contentText } } };
      }),
    );
  }
}

function link(command: CommandId, title: string, line: number): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([line]))})`;
}
