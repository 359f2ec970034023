import * as vscode from 'vscode';
import { readSetting } from '../settings.js';

/**
 * Files that ghost text stays out of, by `youtu.completion.exclude`: an ordered list of globs, of which the last one
 * that fits decides; a `!` in front takes a file in again, as in a .gitignore.
 */
export class ExcludedFiles {
  private known = new WeakMap<vscode.TextDocument, boolean>();

  has(document: vscode.TextDocument): boolean {
    let isExcluded = this.known.get(document);
    if (isExcluded === undefined) {
      isExcluded = isExcludedBy(readSetting('completion.exclude', document), document);
      this.known.set(document, isExcluded);
    }
    return isExcluded;
  }

  /** The setting has changed. */
  clear(): void {
    this.known = new WeakMap();
  }
}

function isExcludedBy(globs: readonly unknown[], document: vscode.TextDocument): boolean {
  const deciding = globs.findLast(
    // A settings file may hold anything.
    (glob): glob is string =>
      typeof glob === 'string' &&
      vscode.languages.match({ pattern: glob.startsWith('!') ? glob.slice(1) : glob }, document) > 0,
  );
  return deciding !== undefined && !deciding.startsWith('!');
}
