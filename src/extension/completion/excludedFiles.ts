import * as vscode from 'vscode';
import { isSecretFile } from '../../protocol/secretFiles.js';
import { readSetting } from '../settings.js';

/** Whether a file is left out, and by which list: the setting `youtu.completion.exclude`, or the engine's own. */
export type Exclusion = 'none' | 'bySetting' | 'secretFile';

/**
 * Files that ghost text stays out of. The setting is an ordered list of globs, of which the last one that matches
 * decides; with a `!` in front it takes a file in again, as in a .gitignore, also one of the engine's own list.
 */
export class ExcludedFiles {
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
