import * as vscode from 'vscode';
import { Disposables } from '../disposables.js';
import { readSetting } from '../settings.js';
import { isSynced, SYNCED_SCHEMES } from '../engine/syncedDocuments.js';
import { ExcludedFiles } from './excludedFiles.js';

/** Whether a document gets ghost text, or why not. */
export type GateState =
  | 'open'
  /** By the user, for its language or for all. */
  | 'off'
  /** By the setting `youtu.completion.exclude`. */
  | 'excluded'
  /** Its name is one of those that usually hold secrets, and the setting doesn't allow it with a `!`. */
  | 'secretFile'
  /** What an untrusted folder holds may be made to be suggested from. */
  | 'untrusted'
  | 'tooLarge'
  /** No code: an output channel, an input box, the other side of a diff. */
  | 'notCode';

/** Decides where ghost text is wanted, and so what the engine hears of beyond the documents themselves. */
export class CompletionGate extends Disposables {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  /** Fires when a document's state may have become another by the settings or by trust. */
  readonly onDidChange = this.changed.event;
  private readonly excluded = new ExcludedFiles();
  /** As with the engine's copies: too large once is too large until it is opened anew, and nothing counts at each key. */
  private readonly large = new WeakSet<vscode.TextDocument>();

  constructor() {
    super();
    this.own(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('youtu.completion')) return;
        this.excluded.clear();
        this.changed.fire();
      }),
    );
    this.own(vscode.workspace.onDidGrantWorkspaceTrust(() => this.changed.fire()));
  }

  stateOf(document: vscode.TextDocument): GateState {
    if (!SYNCED_SCHEMES.includes(document.uri.scheme)) return 'notCode';
    if (!vscode.workspace.isTrusted) return 'untrusted';
    const exclusion = this.excluded.exclusionOf(document);
    if (exclusion !== 'none') return exclusion === 'bySetting' ? 'excluded' : 'secretFile';
    if (!readSetting('completion.enabled', document)) return 'off';
    return this.isTooLarge(document) ? 'tooLarge' : 'open';
  }

  private isTooLarge(document: vscode.TextDocument): boolean {
    if (!this.large.has(document) && !isSynced(document)) this.large.add(document);
    return this.large.has(document);
  }
}
