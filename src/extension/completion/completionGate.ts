import * as vscode from 'vscode';
import { fileExclusion, type FileExclusion } from '../../protocol/fileExclusion.js';
import { Disposables } from '../disposables.js';
import { readSetting } from '../settings.js';
import { isSynced, SYNCED_SCHEMES } from '../engine/documentSync.js';

/** Whether a document gets ghost text, or why not. */
export type GateState =
  | 'open'
  /** Turned off by the user, for its language or everywhere. */
  | 'off'
  /** By the setting `youtu.completion.exclude`. */
  | 'excluded'
  /** Its name is one of those that usually hold secrets, and the setting doesn't allow it with a `!`. */
  | 'secretFile'
  /** An untrusted folder's content could be made to be suggested. */
  | 'untrusted'
  | 'tooLarge'
  /** Not code: an output channel, an input box, the other side of a diff. */
  | 'notCode';

/** Decides which documents get ghost text, and which of them the engine is sent editor context about. */
export class CompletionGate extends Disposables {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  /** Fires when settings or trust have changed, and with them perhaps a document's state. */
  readonly onDidChange = this.changed.event;
  private readonly excluded = new ExcludedFiles();
  /** As for document sync, a document that was too large stays so until it is opened again. This saves measuring at each key. */
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

/**
 * Files that ghost text stays out of, remembered by document.
 */
class ExcludedFiles {
  private known = new WeakMap<vscode.TextDocument, FileExclusion>();

  exclusionOf(document: vscode.TextDocument): FileExclusion {
    let exclusion = this.known.get(document);
    if (exclusion === undefined) {
      const patterns = readSetting('completion.exclude', document);
      exclusion = fileExclusion(
        document.uri.toString(),
        patterns,
        (pattern) => vscode.languages.match({ pattern }, document) > 0,
      );
      this.known.set(document, exclusion);
    }
    return exclusion;
  }

  /** The setting has changed. */
  clear(): void {
    this.known = new WeakMap();
  }
}
