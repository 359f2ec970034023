import * as vscode from 'vscode';
import type { ChatPlace } from '../../protocol/chatTurn.js';
import { parseFileLink } from './fileLink.js';

/** Opens a link of an answer: a web page in the browser, a file only if it lies in the workspace. */
export async function openLink(href: string): Promise<void> {
  if (/^https?:\/\//i.test(href)) {
    await vscode.env.openExternal(vscode.Uri.parse(href, true));
    return;
  }
  const link = parseFileLink(href);
  const uri = link && (await inWorkspace(link.path));
  if (link === undefined || uri === undefined) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('“{0}” is neither a web page nor a file of this workspace.', href),
    );
    return;
  }
  await openLines(uri, link.line, link.line);
}

export async function openPlace({ uri, startLine, endLine }: ChatPlace): Promise<void> {
  await openLines(vscode.Uri.parse(uri, true), startLine, endLine);
}

async function openLines(uri: vscode.Uri, startLine: number, endLine: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const lines = new vscode.Range(startLine, 0, endLine, Number.MAX_SAFE_INTEGER);
  await vscode.window.showTextDocument(document, { selection: document.validateRange(lines) });
}

async function inWorkspace(path: string): Promise<vscode.Uri | undefined> {
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    // `parseFileLink` has refused whatever would lead out of the folder.
    const uri = vscode.Uri.joinPath(folder.uri, path);
    const stat = await vscode.workspace.fs.stat(uri).then(
      (found) => found,
      () => undefined,
    );
    if (stat !== undefined && (stat.type & vscode.FileType.File) !== 0) return uri;
  }
  return undefined;
}
