import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import type { Position } from 'vscode-languageserver-protocol';
import type { Edit, TypedDocument } from './typedDocument.js';
import type { TypingLanguage } from './typingHabits.js';
import type { TypingGoal } from './typist.js';

/** A file in the editor, with what is to be typed into it. */
export interface FileToType {
  readonly name: string;
  readonly uri: string;
  readonly language: TypingLanguage;
  /** What there is at first. */
  readonly text: string;
  /** Where the typing begins. */
  readonly start: number;
  readonly goal: TypingGoal;
}

/** A document that is open, in the terms of LSP. */
export class OpenFile {
  private readonly synced: TextDocument;

  constructor(
    readonly file: FileToType,
    readonly document: TypedDocument,
  ) {
    this.synced = TextDocument.create(file.uri, file.language, 1, document.text);
  }

  get version(): number {
    return this.synced.version;
  }

  get position(): Position {
    return this.positionAt(this.document.cursor);
  }

  positionAt(offset: number): Position {
    return this.synced.positionAt(offset);
  }

  offsetAt(position: Position): number {
    return this.synced.offsetAt(position);
  }

  /** Takes over an edit that the document has had; returns it as LSP's change. */
  sync({ start, end, text }: Edit): TextDocumentContentChangeEvent {
    const change = { range: { start: this.positionAt(start), end: this.positionAt(end) }, text };
    TextDocument.update(this.synced, [change], this.version + 1);
    return change;
  }
}
