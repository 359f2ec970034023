import * as vscode from 'vscode';
import type { EditResult, EditVerdict } from '../../protocol/edit.js';
import { Disposables } from '../disposables.js';
import { fromProtocolRange } from '../protocolRange.js';
import { withDraft } from './draftText.js';
import { findRegion, type TextSpan } from './findRegion.js';
import type { PreviewContent } from './previewContent.js';

/** What became of an accepted edit. */
export type ApplyOutcome = 'applied' | 'regionGone' | 'refused';

/** One edit on its way: the diff in which it is shown, and its end by the user's word. */
export class EditPreview extends Disposables {
  private readonly cancellation = this.own(new vscode.CancellationTokenSource());
  private readonly snapshot: string;
  private readonly preview: vscode.Uri;
  private region: TextSpan | undefined;
  private result: EditResult | undefined;

  constructor(
    readonly document: vscode.TextDocument,
    private readonly title: string,
    private readonly content: PreviewContent,
    onDidClose: () => void,
  ) {
    super();
    this.snapshot = document.getText();
    this.preview = content.add(document, this.snapshot);
    this.own(new vscode.Disposable(() => content.remove(this.preview)));
    this.own(
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.some((tab) => this.isOwn(tab))) onDidClose();
      }),
    );
  }

  get token(): vscode.CancellationToken {
    return this.cancellation.token;
  }

  get verdict(): EditVerdict | undefined {
    return this.result?.verdict;
  }

  get newText(): string | undefined {
    return this.result?.newText;
  }

  /** Opens the diff and looks at where the change is going to be. */
  async show(around: vscode.Range): Promise<void> {
    const shown = await vscode.workspace.openTextDocument(this.preview);
    if (shown.languageId !== this.document.languageId) {
      await vscode.languages.setTextDocumentLanguage(shown, this.document.languageId);
    }
    await vscode.commands.executeCommand('vscode.diff', this.document.uri, this.preview, this.title, {
      preview: true,
      selection: new vscode.Range(around.start, around.start),
    } satisfies vscode.TextDocumentShowOptions);
  }

  setRegion(range: vscode.Range): void {
    this.region = { start: this.document.offsetAt(range.start), end: this.document.offsetAt(range.end) };
  }

  /** Shows the lines written so far. */
  draft(text: string): void {
    if (this.region === undefined) return;
    this.content.update(this.preview, withDraft(this.snapshot, this.region, text, this.eol));
  }

  finish(result: EditResult): void {
    this.result = result;
    this.setRegion(fromProtocolRange(result.range));
    const { region, snapshot } = this;
    if (region === undefined) return;
    this.content.update(
      this.preview,
      snapshot.slice(0, region.start) + result.newText + snapshot.slice(region.end),
    );
  }

  /** Writes the new text into the document, in one undo step, where the old one stands now. */
  async apply(): Promise<ApplyOutcome> {
    const { result, region } = this;
    if (result === undefined || region === undefined) return 'regionGone';
    const document = await vscode.workspace.openTextDocument(this.document.uri);
    const place = findRegion(document.getText(), result.oldText, region.start);
    if (place === undefined) return 'regionGone';
    const range = new vscode.Range(document.positionAt(place.start), document.positionAt(place.end));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, range, result.newText);
    if (!(await vscode.workspace.applyEdit(edit))) return 'refused';
    await this.close();
    const editor = await vscode.window.showTextDocument(document);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return 'applied';
  }

  /** Ends the generation, if it still runs, and takes the diff away. */
  async close(): Promise<void> {
    this.cancellation.cancel();
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => this.isOwn(tab));
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
  }

  override dispose(): void {
    this.cancellation.cancel();
    super.dispose();
  }

  private get eol(): string {
    return this.document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  }

  private isOwn({ input }: vscode.Tab): boolean {
    return input instanceof vscode.TabInputTextDiff && input.modified.toString() === this.preview.toString();
  }
}
