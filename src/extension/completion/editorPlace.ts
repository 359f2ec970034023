import * as vscode from 'vscode';

/** The state of an editor that an answer is for: a document's text, and the cursor in it. */
export class EditorPlace {
  private readonly version: number;

  constructor(
    readonly document: vscode.TextDocument,
    readonly position: vscode.Position,
  ) {
    this.version = document.version;
  }

  equals(other: EditorPlace): boolean {
    return (
      this.document === other.document &&
      this.version === other.version &&
      this.position.isEqual(other.position)
    );
  }

  /** Whether the editor at hand still shows this state. */
  get isCurrent(): boolean {
    const editor = vscode.window.activeTextEditor;
    return (
      editor?.document === this.document &&
      this.document.version === this.version &&
      editor.selection.active.isEqual(this.position)
    );
  }
}
