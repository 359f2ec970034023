import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import type { Position } from 'vscode-languageserver-protocol';
import type { Edit, TypedDocument } from './typedDocument.js';
import type { TypingLanguage } from './typingHabits.js';
import type { TypingGoal } from './typist.js';

/** A file in the editor and the text to type into it. */
export interface FileToType {
  readonly name: string;
  readonly uri: string;
  readonly language: TypingLanguage;
  /** The initial text. */
  readonly text: string;
  /** Offset at which the typing starts. */
  readonly start: number;
  readonly goal: TypingGoal;
}

/** An open document, in terms of LSP. */
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

  /** Applies an edit that was made to the document; returns it as an LSP content change. */
  sync({ start, end, text }: Edit): TextDocumentContentChangeEvent {
    const change = { range: { start: this.positionAt(start), end: this.positionAt(end) }, text };
    TextDocument.update(this.synced, [change], this.version + 1);
    return change;
  }
}
