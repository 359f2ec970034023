import type { TextDocument } from 'vscode';

/** Where code is written. Output channels, diffs' other sides and input boxes are not for the engine. */
export const SYNCED_SCHEMES = ['file', 'untitled', 'vscode-notebook-cell', 'vscode-vfs', 'vscode-remote'];

/** Larger documents stay out: each copy and each message about them would cost more than a suggestion is worth. */
const MAX_CHARACTERS = 2_000_000;

/**
 * Whether the engine gets to know this document. Decided by its end's offset, so that a file of 50 MB isn't joined
 * to one string only to find out that it is too large.
 */
export function isSynced(document: TextDocument): boolean {
  if (!SYNCED_SCHEMES.includes(document.uri.scheme)) return false;
  const end = document.lineAt(document.lineCount - 1).range.end;
  return document.offsetAt(end) <= MAX_CHARACTERS;
}
