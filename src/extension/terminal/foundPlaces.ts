import * as vscode from 'vscode';
import { placesIn } from './errorPlaces.js';

/** A line of a file in the workspace that the output of a command names. */
export interface FoundPlace {
  readonly uri: vscode.Uri;
  /** From 0. */
  readonly line: number;
  readonly message: string;
}

const MAX_LOOKED_UP = 30;

/** Those that are there, in the order of {@link placesIn}; never one outside of the workspace. */
export async function foundPlaces(
  output: string,
  cwd: vscode.Uri | undefined,
): Promise<readonly FoundPlace[]> {
  const found: FoundPlace[] = [];
  for (const { path, line, message } of placesIn(output).slice(0, MAX_LOOKED_UP)) {
    const uri = await fileIn(path, cwd);
    if (uri !== undefined) found.push({ uri, line, message });
  }
  return found;
}

async function fileIn(path: string, cwd: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders?.map(({ uri }) => uri) ?? [];
  const [first] = folders;
  if (first === undefined) return undefined;
  const plain = path.startsWith('file://') ? vscode.Uri.parse(path).path : path.replaceAll('\\', '/');
  const isAbsolute = /^(?:\/|[A-Za-z]:)/.test(plain);
  const candidates = isAbsolute
    ? [first.with({ path: plain.startsWith('/') ? plain : `/${plain}` })]
    : [...(cwd === undefined ? [] : [cwd]), ...folders].map((folder) => vscode.Uri.joinPath(folder, plain));
  for (const candidate of candidates) if (await isFileHere(candidate)) return candidate;
  // Java's stack traces have the name alone.
  if (isAbsolute || /[/*?{}]/.test(plain)) return undefined;
  const named = await vscode.workspace.findFiles(`**/${plain}`, undefined, 2);
  return named.length === 1 ? named[0] : undefined;
}

async function isFileHere(uri: vscode.Uri): Promise<boolean> {
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return false;
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false; // not there
  }
}
