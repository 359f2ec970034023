import type { TextDocument } from 'vscode';
import type { Middleware } from 'vscode-languageclient';

/**
 * Chooses which documents are synchronised with the engine: those that are too large when opened never are.
 *
 * The language client sends `didOpen` with a delay of some turns of the event loop, especially right after its start. A
 * request sent at once would arrive first and find no document, so pending openings are tracked here.
 */
export class DocumentSync {
  private readonly open = new Set<string>();
  private readonly opening = new Set<Promise<void>>();

  readonly middleware: Middleware = {
    didOpen: async (document, next) => {
      // A process that ended meanwhile may have had it open.
      this.open.delete(keyOf(document));
      if (!isSynced(document)) return;
      this.open.add(keyOf(document));
      const sending = next(document);
      this.opening.add(sending);
      await sending.finally(() => this.opening.delete(sending));
    },
    didChange: async (event, next) => {
      if (this.open.has(keyOf(event.document))) await next(event);
    },
    didSave: async (document, next) => {
      if (this.open.has(keyOf(document))) await next(document);
    },
    didClose: async (document, next) => {
      if (this.open.delete(keyOf(document))) await next(document);
    },
  };

  /** Resolves when no `didOpen` is pending. */
  async sent(): Promise<void> {
    await Promise.allSettled(this.opening);
  }
}

function keyOf(document: TextDocument): string {
  return document.uri.toString();
}

/** Schemes of documents that hold code; output channels, the other sides of diffs and input boxes are left out. */
export const SYNCED_SCHEMES = ['file', 'untitled', 'vscode-notebook-cell', 'vscode-vfs', 'vscode-remote'];

/** Larger documents are left out: copying them costs more than a suggestion is worth. */
const MAX_CHARACTERS = 2_000_000;

/**
 * Whether the document is synchronised with the engine. Uses the offset of its end: joining a file of 50 MB to one
 * string only to measure it would be slow.
 */
export function isSynced(document: TextDocument): boolean {
  if (!SYNCED_SCHEMES.includes(document.uri.scheme)) return false;
  const end = document.lineAt(document.lineCount - 1).range.end;
  return document.offsetAt(end) <= MAX_CHARACTERS;
}
