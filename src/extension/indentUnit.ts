import * as vscode from 'vscode';

/** What one level of indentation is. */
export interface IndentUnit {
  readonly useTabs: boolean;
  /** Columns of one level. */
  readonly size: number;
}

/**
 * The unit that the editor which shows the document uses: VS Code has looked at the text and at the settings for it.
 * Without such an editor, the settings for the document and its language.
 */
export function indentUnitOf(document: vscode.TextDocument): IndentUnit {
  const { activeTextEditor: active, visibleTextEditors: visible } = vscode.window;
  const editor = [active, ...visible].find((each) => each?.document === document);
  const settings = vscode.workspace.getConfiguration('editor', document);
  const option = (name: 'insertSpaces' | 'indentSize' | 'tabSize'): unknown =>
    editor?.options[name] ?? settings.get(name);
  const indentSize = option('indentSize');
  // `tabSize` as the value of `indentSize` means that of the other setting.
  const size = typeof indentSize === 'number' ? indentSize : option('tabSize');
  return {
    useTabs: option('insertSpaces') === false,
    size: typeof size === 'number' ? size : DEFAULT_SIZE,
  };
}

const DEFAULT_SIZE = 4;
