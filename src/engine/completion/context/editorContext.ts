import type { EditorContextParams } from '../../../protocol/completion.js';

const MAX_CLIPBOARD_LENGTH = 1500;
/** Diagnostics further from the cursor are about something else. */
const NEAR_LINES = 15;
const MAX_DIAGNOSTICS = 3;
const SECRET = /-----BEGIN [A-Z ]*PRIVATE KEY|\b(?=\w*\d)[A-Za-z0-9_-]{32,}\b/;

/** What the editor has told beside the documents: the clipboard, and what language servers say. */
export class EditorContext {
  private clipboard = '';
  private readonly diagnostics = new Map<
    string,
    readonly { readonly line: number; readonly message: string }[]
  >();

  set({ clipboard, diagnostics }: EditorContextParams): void {
    if (clipboard !== undefined) this.clipboard = clipboard.replaceAll('\r\n', '\n').trim();
    if (diagnostics === undefined) return;
    if (diagnostics.items.length === 0) this.diagnostics.delete(diagnostics.uri);
    else this.diagnostics.set(diagnostics.uri, diagnostics.items);
  }

  forget(uri: string): void {
    this.diagnostics.delete(uri);
  }

  /** Copied code that the document doesn't have already; `undefined` for prose, secrets and what is long. */
  clipboardFor(text: string): string | undefined {
    const copied = this.clipboard;
    if (copied === '' || copied.length > MAX_CLIPBOARD_LENGTH || SECRET.test(copied)) return undefined;
    return looksLikeCode(copied) && !text.includes(copied) ? copied : undefined;
  }

  /** What is wrong around a line, the line itself left out: it isn't finished. */
  problemsNear(uri: string, line: number): string[] {
    return (this.diagnostics.get(uri) ?? [])
      .filter((item) => item.line !== line && Math.abs(item.line - line) <= NEAR_LINES)
      .slice(0, MAX_DIAGNOSTICS)
      .map((item) => `line ${item.line + 1}: ${item.message.split('\n')[0] ?? ''}`);
  }
}

function looksLikeCode(text: string): boolean {
  const marks = text.match(/[{}[\];=]|\w\(|::|->|^[ \t]*(?:def|class|import|from|return|if|for)\b/gm) ?? [];
  return marks.length >= 2 && marks.length * 40 >= text.length;
}
