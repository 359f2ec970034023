import type { TextDocument } from 'vscode';
import type { Middleware } from 'vscode-languageclient';

/**
 * Which documents the engine hears of. Those that are too large when they are opened stay out of every message.
 *
 * The language client sends `didOpen` some turns of the event loop late, when it has just started above all: a
 * request sent at once would overtake it and find no document. So openings on their way are kept here.
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

  /** Resolves when no `didOpen` is on its way any more. */
  async sent(): Promise<void> {
    await Promise.allSettled(this.opening);
  }
}

function keyOf(document: TextDocument): string {
  return document.uri.toString();
}

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
