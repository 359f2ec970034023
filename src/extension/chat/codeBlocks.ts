import * as vscode from 'vscode';

/** Names that models write behind a fence, where VS Code calls the language something else. */
const LANGUAGE_IDS: Readonly<Record<string, string>> = {
  bash: 'shellscript',
  'c++': 'cpp',
  'c#': 'csharp',
  cs: 'csharp',
  docker: 'dockerfile',
  golang: 'go',
  js: 'javascript',
  jsx: 'javascriptreact',
  kt: 'kotlin',
  md: 'markdown',
  ps1: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'shellscript',
  shell: 'shellscript',
  ts: 'typescript',
  tsx: 'typescriptreact',
  yml: 'yaml',
  zsh: 'shellscript',
};

/** Puts a code block in at the cursor, or over the selection, in one undo step and with the line's indentation. */
export async function insertAtCursor(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (editor === undefined) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Open a file first: there is no editor to insert the code into.'),
    );
    return;
  }
  await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  const code = new vscode.SnippetString().appendText(text.replace(/\n$/, ''));
  if (!(await editor.insertSnippet(code)))
    await vscode.window.showWarningMessage(vscode.l10n.t('This editor can’t be changed.'));
}

export async function openInNewFile(text: string, language: string): Promise<void> {
  const wanted = LANGUAGE_IDS[language.toLowerCase()] ?? language.toLowerCase();
  const isKnown = (await vscode.languages.getLanguages()).includes(wanted);
  const document = await vscode.workspace.openTextDocument({
    content: text,
    ...(isKnown ? { language: wanted } : {}),
  });
  await vscode.window.showTextDocument(document);
}
