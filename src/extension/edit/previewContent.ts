import * as vscode from 'vscode';
import { Disposables, timerDelay } from '../disposables.js';

export const PREVIEW_SCHEME = 'youtu-preview';

/** The preview isn't waited for any longer. */
const MAX_UPDATE_MS = 1000;

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

  /** VS Code ignores changes of a document that is just being opened. */
  catchUp(document: vscode.TextDocument): void {
    if (document.getText() !== this.textOf(document.uri)) this.changed.fire(document.uri);
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

/** The document itself, but for an empty new one, in which VS Code shows a hint: another empty text stands for it. */
export function oldSideOf(document: vscode.TextDocument): vscode.Uri {
  const { uri } = document;
  if (!document.isUntitled || document.getText() !== '') return uri;
  const path = uri.path.startsWith('/') ? uri.path : `/${uri.path}`;
  return vscode.Uri.from({ scheme: PREVIEW_SCHEME, path, query: 'empty' });
}

/** VS Code reads the text of a virtual document later than it is told of. */
export function isUpdated(document: vscode.TextDocument, text: string): Promise<void> {
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
