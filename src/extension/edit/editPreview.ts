import * as vscode from 'vscode';
import { Disposables } from '../disposables.js';
import { EditedRegion } from './editedRegion.js';
import { hunkAt, hunksBetween, withHunks, type Hunk } from './hunks.js';
import { closeUnwritten } from './editTarget.js';
import { isUpdated, oldSideOf, type PreviewContent } from './previewContent.js';
import { draftLines, firstDifference, type TextSpan } from './textSpans.js';

/** The result of applying an edit. */
export type ApplyOutcome = 'applied' | 'regionGone' | 'refused';

/** One edit from its request until the user applies or discards it: the diff that shows it, and where it belongs. */
export class EditPreview extends Disposables {
  private readonly preview: vscode.Uri;
  private cancellation = new vscode.CancellationTokenSource();
  private region: EditedRegion;
  private written = '';
  private complete: string | undefined;
  /** The finished lines that are being refined. */
  private earlier: string | undefined;
  private isClosed = false;

  constructor(
    public document: vscode.TextDocument,
    private readonly title: string,
    private readonly content: PreviewContent,
    onDidClose: () => void,
  ) {
    super();
    const snapshot = document.getText();
    this.region = new EditedRegion(snapshot);
    this.preview = content.add(document, snapshot);
    this.own(new vscode.Disposable(() => content.remove(this.preview)));
    this.own(
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document !== this.document) return;
        this.region.follow(event.contentChanges);
        this.refresh();
      }),
    );
    this.own(
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.some((tab) => this.isOwn(tab)) && this.tabs().length === 0) onDidClose();
      }),
    );
  }

  get token(): vscode.CancellationToken {
    return this.cancellation.token;
  }

  /** The finished lines; `undefined` while they are being written. */
  get newText(): string | undefined {
    return this.complete;
  }

  /** Where the lines are now; `undefined` when they are gone. */
  get range(): vscode.Range | undefined {
    const place = this.place();
    return place && this.rangeOf(place);
  }

  /** The changes that the finished lines make, in the order of the text. */
  get hunks(): readonly Hunk[] {
    const [place, complete] = [this.place(), this.complete];
    return place && complete !== undefined ? hunksBetween(this.textAt(place), complete) : [];
  }

  /** Opens the diff and reveals the region. */
  async show(): Promise<void> {
    const shown = await vscode.workspace.openTextDocument(this.preview);
    this.content.catchUp(shown);
    const { languageId } = this.document;
    if (shown.languageId !== languageId) await vscode.languages.setTextDocumentLanguage(shown, languageId);
    if (this.token.isCancellationRequested) return;
    const place = this.document.positionAt(this.place()?.start ?? 0);
    await vscode.commands.executeCommand('vscode.diff', oldSideOf(this.document), this.preview, this.title, {
      // A preview tab would replace the document's tab if that is a preview, too.
      preview: false,
      selection: new vscode.Range(place, place),
    } satisfies vscode.TextDocumentShowOptions);
    // The edit may have failed while the diff was opened.
    if (this.isClosed) await this.close();
  }

  /** Begins to refine the finished lines, which {@link restore} brings back. */
  refine(): void {
    this.earlier = this.complete;
    this.complete = undefined;
    this.cancellation.dispose();
    this.cancellation = new vscode.CancellationTokenSource();
    const { range } = this;
    this.region = new EditedRegion(this.document.getText());
    if (range !== undefined) this.region.set(range.start.line, range.end.line + 1);
  }

  /** Stops what is being written and shows the version before. @returns whether there is one */
  restore(): boolean {
    this.cancellation.cancel();
    if (this.earlier === undefined) return false;
    [this.complete, this.earlier] = [this.earlier, undefined];
    this.refresh();
    return true;
  }

  /**
   * Called again when a candidate concerns other lines.
   * @param range the region in the document as it was when the edit was requested, in whole lines
   */
  setRegion({ start, end }: vscode.Range): void {
    this.region.set(start.line, end.line + 1);
    this.written = '';
  }

  /** Shows the lines written so far. */
  draft(text: string): void {
    this.written = text;
    this.refresh();
  }

  /** Shows the finished lines, with the cursor at the first change. */
  async finish(newText: string): Promise<void> {
    this.complete = newText;
    this.earlier = undefined;
    this.written = newText;
    this.refresh();
    await this.revealChange();
  }

  /** The change at a line of the preview, else at the cursor, on either side of the diff. */
  hunkAt(line?: number): Hunk | undefined {
    const { hunks, range } = this;
    if (range === undefined) return undefined;
    const editor = vscode.window.activeTextEditor;
    const isOld = line === undefined && editor?.document === this.document;
    const at = line ?? editor?.selection.active.line ?? 0;
    return hunkAt(hunks, isOld ? 'old' : 'now', at - range.start.line);
  }

  /** Leaves a change out of the new version. */
  async leaveOut({ old: { start } }: Hunk): Promise<void> {
    const place = this.place();
    if (place === undefined || this.complete === undefined) return;
    this.complete = withHunks(this.textAt(place), this.complete, ({ old }) => old.start !== start);
    this.refresh();
    await this.revealChange(start);
  }

  /** Writes one change into the document, in one undo step. The others stay in the preview. */
  async applyHunk({ old: { start } }: Hunk): Promise<ApplyOutcome> {
    const outcome = await this.write((before, complete) =>
      withHunks(before, complete, ({ old }) => old.start === start),
    );
    if (outcome === 'applied') await this.revealChange(start);
    return outcome;
  }

  /** Writes the new text into the document, in one undo step, in place of the old one. */
  async apply(): Promise<ApplyOutcome> {
    const outcome = await this.write((_before, complete) => complete);
    if (outcome !== 'applied') return outcome;
    const { range } = this;
    await this.close();
    const editor = await vscode.window.showTextDocument(this.document);
    if (range !== undefined) editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return outcome;
  }

  /** Cancels the generation, if it is still running, and closes the diff. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.cancellation.cancel();
    const tabs = this.tabs();
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
    await closeUnwritten(this.document);
  }

  override dispose(): void {
    this.cancellation.cancel();
    this.cancellation.dispose();
    super.dispose();
  }

  /** The preview's side of the diff, where it is visible. */
  get editor(): vscode.TextEditor | undefined {
    const preview = this.preview.toString();
    return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === preview);
  }

  /** Shows the current document with the new lines in it. If the region is gone, the diff stays as it is. */
  private refresh(): void {
    const text = this.document.getText();
    const place = this.region.placeIn(text);
    if (place === undefined) return;
    const lineEnd = this.document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    const base = this.earlier ?? text.slice(place.start, place.end);
    const lines = this.complete ?? draftLines(base, this.written, lineEnd);
    this.content.update(this.preview, text.slice(0, place.start) + lines + text.slice(place.end));
  }

  private async write(textFor: (before: string, complete: string) => string): Promise<ApplyOutcome> {
    // It may have been closed meanwhile.
    this.document = await vscode.workspace.openTextDocument(this.document.uri);
    const place = this.place();
    if (place === undefined || this.complete === undefined) return 'regionGone';
    const text = textFor(this.textAt(place), this.complete);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(this.document.uri, this.rangeOf(place), text);
    if (!(await vscode.workspace.applyEdit(edit))) return 'refused';
    this.region.replace(place, text);
    this.refresh();
    return 'applied';
  }

  /** Moves the cursor to the next change, even far to the right. @param from a line of the region */
  private async revealChange(from = 0): Promise<void> {
    const { complete, editor } = this;
    const place = this.place();
    if (complete === undefined || editor === undefined || place === undefined) return;
    const before = this.textAt(place);
    const untilThere = withHunks(before, complete, ({ old }) => old.start < from);
    const difference = firstDifference(untilThere, complete) ?? firstDifference(before, complete);
    if (difference === undefined) return;
    await isUpdated(editor.document, this.content.textOf(this.preview));
    const start = editor.document.positionAt(place.start + difference.start);
    const end = editor.document.positionAt(place.start + difference.end);
    editor.selection = new vscode.Selection(start, start);
    editor.revealRange(new vscode.Range(start, end), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  private place(): TextSpan | undefined {
    return this.region.placeIn(this.document.getText());
  }

  private textAt({ start, end }: TextSpan): string {
    return this.document.getText().slice(start, end);
  }

  private rangeOf({ start, end }: TextSpan): vscode.Range {
    return new vscode.Range(this.document.positionAt(start), this.document.positionAt(end));
  }

  private tabs(): readonly vscode.Tab[] {
    return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter((tab) => this.isOwn(tab));
  }

  private isOwn({ input }: vscode.Tab): boolean {
    return input instanceof vscode.TabInputTextDiff && input.modified.toString() === this.preview.toString();
  }
}
