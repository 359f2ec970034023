import * as vscode from 'vscode';
import { Disposables, timerDelay } from '../disposables.js';
import { draftLines } from './textSpans.js';
import { locateLines, linesSpan, type TextSpan } from './textSpans.js';
import { firstDifference, shiftSpan, type TextChange } from './textSpans.js';

/** The preview isn't waited for any longer. */
const MAX_UPDATE_MS = 1000;

/** The result of applying an edit. */
export type ApplyOutcome = 'applied' | 'regionGone' | 'refused';

/** One edit from its request until the user applies or discards it: the diff that shows it, and where it belongs. */
export class EditPreview extends Disposables {
  /** The document's text when the edit was requested. */
  readonly snapshot: string;
  private readonly cancellation = this.own(new vscode.CancellationTokenSource());
  private readonly preview: vscode.Uri;
  /** Changes of the document since the snapshot. */
  private readonly changes: TextChange[] = [];
  private oldText: string | undefined;
  /** The region's current place, from the changes since the snapshot; `undefined` when one of them touched it. */
  private span: TextSpan | undefined;
  private written = '';
  private complete: string | undefined;

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
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === document) this.follow(event.contentChanges);
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

  /** Opens the diff and reveals the region. */
  async show(): Promise<void> {
    const shown = await vscode.workspace.openTextDocument(this.preview);
    if (shown.languageId !== this.document.languageId) {
      await vscode.languages.setTextDocumentLanguage(shown, this.document.languageId);
    }
    const place = this.document.positionAt(this.span?.start ?? 0);
    await vscode.commands.executeCommand('vscode.diff', this.document.uri, this.preview, this.title, {
      // A preview tab would replace the document's tab if that is a preview, too.
      preview: false,
      selection: new vscode.Range(place, place),
    } satisfies vscode.TextDocumentShowOptions);
  }

  /**
   * Called again when a candidate concerns other lines.
   * @param range the region in the snapshot, in whole lines
   */
  setRegion({ start, end }: vscode.Range): void {
    const span = linesSpan(this.snapshot, start.line, end.line + 1);
    this.oldText = this.snapshot.slice(span.start, span.end);
    this.span = shiftSpan(span, this.changes);
    this.written = '';
  }

  /** Shows the lines written so far. */
  draft(text: string): void {
    this.written = text;
    this.refresh();
  }

  /** Shows the finished lines, and where they differ first, even far to the right. */
  async finish(newText: string): Promise<void> {
    this.complete = newText;
    this.written = newText;
    this.refresh();
    const wanted = this.content.textOf(this.preview);
    const difference = firstDifference(this.document.getText(), wanted);
    const editor = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === this.preview.toString(),
    );
    if (difference === undefined || editor === undefined) return;
    await isUpdated(editor.document, wanted);
    const range = new vscode.Range(
      editor.document.positionAt(difference.start),
      editor.document.positionAt(difference.end),
    );
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Writes the new text into the document, in one undo step, in place of the old one. */
  async apply(): Promise<ApplyOutcome> {
    if (this.complete === undefined) return 'regionGone';
    const document = await vscode.workspace.openTextDocument(this.document.uri);
    const place = this.placeIn(document.getText());
    if (place === undefined) return 'regionGone';
    const range = new vscode.Range(document.positionAt(place.start), document.positionAt(place.end));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, range, this.complete);
    if (!(await vscode.workspace.applyEdit(edit))) return 'refused';
    await this.close();
    const editor = await vscode.window.showTextDocument(document);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return 'applied';
  }

  /** Cancels the generation, if it is still running, and closes the diff. */
  async close(): Promise<void> {
    this.cancellation.cancel();
    const tabs = this.tabs();
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
  }

  override dispose(): void {
    this.cancellation.cancel();
    super.dispose();
  }

  private follow(changes: readonly TextChange[]): void {
    this.changes.push(...changes);
    if (this.oldText === undefined) return;
    this.span &&= shiftSpan(this.span, changes);
    this.refresh();
  }

  /** Shows the current document with the new lines in it. If the region is gone, the diff stays as it is. */
  private refresh(): void {
    const text = this.document.getText();
    const place = this.placeIn(text);
    if (place === undefined) return;
    const lineEnd = this.document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    const lines = this.complete ?? draftLines(text.slice(place.start, place.end), this.written, lineEnd);
    this.content.update(this.preview, text.slice(0, place.start) + lines + text.slice(place.end));
  }

  private placeIn(text: string): TextSpan | undefined {
    return this.oldText === undefined ? undefined : locateLines(text, this.oldText, this.span);
  }

  private tabs(): readonly vscode.Tab[] {
    return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter((tab) => this.isOwn(tab));
  }

  private isOwn({ input }: vscode.Tab): boolean {
    return input instanceof vscode.TabInputTextDiff && input.modified.toString() === this.preview.toString();
  }
}

/** VS Code reads the text of a virtual document later than it is told of. */
function isUpdated(document: vscode.TextDocument, text: string): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      listener.dispose();
      timeout.dispose();
      resolve();
    };
    const isEqual = (): boolean => document.getText() === text;
    const listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && isEqual()) finish();
    });
    const timeout = timerDelay(finish, MAX_UPDATE_MS);
    if (isEqual()) finish();
  });
}

export const PREVIEW_SCHEME = 'youtu-preview';

/** The new version of a document as it is being written, for the right side of the diff. */
export class PreviewContent extends Disposables implements vscode.TextDocumentContentProvider {
  private readonly changed = this.own(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.changed.event;
  private readonly texts = new Map<string, string>();
  private count = 0;

  constructor() {
    super();
    this.own(vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, this));
  }

  /** A new address for the new version of a document; its path is the document's, so that it is highlighted the same. */
  add({ uri }: vscode.TextDocument, text: string): vscode.Uri {
    const path = uri.path.startsWith('/') ? uri.path : `/${uri.path}`;
    const preview = vscode.Uri.from({ scheme: PREVIEW_SCHEME, path, query: String(++this.count) });
    this.texts.set(preview.toString(), text);
    return preview;
  }

  update(preview: vscode.Uri, text: string): void {
    if (this.texts.get(preview.toString()) === text) return;
    this.texts.set(preview.toString(), text);
    this.changed.fire(preview);
  }

  textOf(preview: vscode.Uri): string {
    return this.texts.get(preview.toString()) ?? '';
  }

  remove(preview: vscode.Uri): void {
    this.texts.delete(preview.toString());
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.textOf(uri);
  }
}
