import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { isChatPageMessage } from '../../chatCore/chatSchemas.js';
import type { ChatPageMessage, ChatViewMessage } from '../../protocol/chatView.js';
import { Disposables } from '../disposables.js';
import { guard } from '../guard.js';
import { chatPage } from './chatPage.js';

/** The webview in the sidebar. It has no state: a page that is shown again asks for everything with `ready`. */
export class ChatViewProvider extends Disposables implements vscode.WebviewViewProvider {
  static readonly viewId = 'youtu.chat';

  private view: vscode.WebviewView | undefined;
  private isPageReady = false;
  private readonly received = this.own(new vscode.EventEmitter<ChatPageMessage>());
  readonly onDidReceive = this.received.event;
  private wantsFocus = false;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.own(vscode.window.registerWebviewViewProvider(ChatViewProvider.viewId, this));
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    this.isPageReady = false;
    const { webview } = view;
    const dist = vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview');
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const disposables = [
      webview.onDidReceiveMessage((message: unknown) => guard(this.log, () => this.receive(message))),
      view.onDidDispose(() => {
        for (const disposable of disposables) disposable.dispose();
        if (this.view === view) this.view = undefined;
      }),
    ];
    webview.html = chatPage({
      scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'main.js')).toString(),
      styleUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'style.css')).toString(),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      language: vscode.env.language,
    });
  }

  /** Sends a message to the page. Before the page has asked for its state it needs none: it gets everything then. */
  show(message: ChatViewMessage): void {
    if (this.isPageReady) void this.view?.webview.postMessage(message);
  }

  /** Opens the view with the cursor in its input. */
  async reveal(): Promise<void> {
    this.wantsFocus = true;
    await vscode.commands.executeCommand(`${ChatViewProvider.viewId}.focus`);
    if (this.isPageReady) this.focus();
  }

  private receive(message: unknown): void {
    if (!isChatPageMessage(message)) {
      this.log.warn('chat: the page sent an invalid message');
      return;
    }
    if (message.kind === 'ready') this.isPageReady = true;
    this.received.fire(message);
    if (message.kind === 'ready' && this.wantsFocus) this.focus();
  }

  private focus(): void {
    this.wantsFocus = false;
    this.show({ kind: 'focus' });
  }
}
