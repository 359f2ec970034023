import * as vscode from 'vscode';
import { isSecretFile } from '../../protocol/secretFiles.js';
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

/** Whether a file is left out, and by which list: the setting `youtu.completion.exclude`, or the engine's own. */
type Exclusion = 'none' | 'bySetting' | 'secretFile';

/**
 * Files that ghost text stays out of. The setting is an ordered list of globs, of which the last one that matches
 * decides; with a `!` in front it takes a file in again, as in a .gitignore, also one of the engine's own list.
 */
class ExcludedFiles {
  private known = new WeakMap<vscode.TextDocument, Exclusion>();

  exclusionOf(document: vscode.TextDocument): Exclusion {
    let exclusion = this.known.get(document);
    if (exclusion === undefined) {
      exclusion = decide(readSetting('completion.exclude', document), document);
      this.known.set(document, exclusion);
    }
    return exclusion;
  }

  /** The setting has changed. */
  clear(): void {
    this.known = new WeakMap();
  }
}

function decide(globs: readonly unknown[], document: vscode.TextDocument): Exclusion {
  const deciding = globs.findLast(
    // A settings file may hold anything.
    (glob): glob is string =>
      typeof glob === 'string' &&
      vscode.languages.match({ pattern: glob.startsWith('!') ? glob.slice(1) : glob }, document) > 0,
  );
  if (deciding === undefined) return isSecretFile(document.uri.toString()) ? 'secretFile' : 'none';
  return deciding.startsWith('!') ? 'none' : 'bySetting';
}
