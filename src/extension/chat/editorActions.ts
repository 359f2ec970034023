import * as vscode from 'vscode';
import { parseFileLink } from '../../chatCore/answerLinks.js';
import { visibleText } from '../../chatCore/hiddenCharacters.js';
import { webAddress } from '../../chatCore/linkTarget.js';
import type { ChatLocation } from '../../protocol/chatTurn.js';
import type { ViewCommand } from '../../protocol/chatView.js';
import type { CommandId } from '../commands.js';
import { runOwnCommand } from '../guard.js';

const COMMANDS: Readonly<Record<ViewCommand, readonly [command: CommandId, ...args: unknown[]]>> = {
  downloadModel: ['youtu.model.download', 'recommended'],
  chooseModel: ['youtu.model.select'],
  restartEngine: ['youtu.engine.restart'],
  showLog: ['youtu.engine.showLog'],
};

/** Languages as models name them at a fence, where VS Code's id differs. */
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

export async function runCommand(name: ViewCommand): Promise<void> {
  await runOwnCommand(...COMMANDS[name]);
}

/** Inserts code at the cursor, or over the selection, in one undo step and with the line's indentation. */
export async function insertAtCursor(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (editor === undefined) {
    await vscode.window.showInformationMessage(vscode.l10n.t('First open a file to insert the code into.'));
    return;
  }
  await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  const code = new vscode.SnippetString().appendText(text.replace(/\n$/, ''));
  if (!(await editor.insertSnippet(code)))
    await vscode.window.showWarningMessage(vscode.l10n.t('The code couldn’t be inserted into this editor.'));
}

/** Opens code in a new document. @param language as the model named it at the fence */
export async function openInNewFile(text: string, language: string): Promise<void> {
  const wanted = LANGUAGE_IDS[language.toLowerCase()] ?? language.toLowerCase();
  const isKnown = (await vscode.languages.getLanguages()).includes(wanted);
  const document = await vscode.workspace.openTextDocument({
    content: text,
    ...(isKnown ? { language: wanted } : {}),
  });
  await vscode.window.showTextDocument(document);
}

/** Opens a link of an answer: a web page in the browser, a file only if it is in the workspace. */
export async function openLink(href: string): Promise<void> {
  const address = webAddress(href);
  if (address !== undefined) {
    // As browsers read it, and as the page has shown it: VS Code's parser may see another host.
    await vscode.env.openExternal(vscode.Uri.parse(address, true));
    return;
  }
  const link = parseFileLink(href);
  const uri = link && (await inWorkspace(link.path));
  if (link === undefined || uri === undefined) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('“{0}” is neither a web page nor a file in this workspace.', visibleText(href)),
    );
    return;
  }
  await openLines(uri, link.line, link.line);
}

export async function openPlace({ uri, startLine, endLine }: ChatLocation): Promise<void> {
  await openLines(vscode.Uri.parse(uri, true), startLine, endLine);
}

async function openLines(uri: vscode.Uri, startLine: number, endLine: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const lines = new vscode.Range(startLine, 0, endLine, Number.MAX_SAFE_INTEGER);
  await vscode.window.showTextDocument(document, { selection: document.validateRange(lines) });
}

async function inWorkspace(path: string): Promise<vscode.Uri | undefined> {
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    // `parseFileLink` has refused every path that would lead out of the folder.
    const uri = vscode.Uri.joinPath(folder.uri, path);
    const stat = await vscode.workspace.fs.stat(uri).then(
      (found) => found,
      () => undefined,
    );
    if (stat !== undefined && (stat.type & vscode.FileType.File) !== 0) return uri;
  }
  return undefined;
}
