import * as vscode from 'vscode';
import { isSecretFile } from '../../protocol/secretFiles.js';
import { UNTRACKED, type GitRepository } from './gitExtension.js';

/** No model reads as much. */
const MAX_DIFF_LENGTH = 16_000_000;
const MAX_NEW_FILES = 50;
const MAX_NEW_FILE_BYTES = 64 * 1024;

/**
 * The diff of what _Commit_ would commit: what is staged or, as VS Code does with nothing staged, all changes. Which
 * new files belong to these, `git.smartCommitChanges` and `git.untrackedChanges` say.
 * @returns `undefined` when there are no changes
 */
export async function changeToCommit(repository: GitRepository): Promise<string | undefined> {
  const { indexChanges, workingTreeChanges } = repository.state;
  if (indexChanges.length > 0) return bounded(await repository.diff(true));
  const { rootUri } = repository;
  const settings = vscode.workspace.getConfiguration('git', rootUri);
  const isAll =
    settings.get('smartCommitChanges') !== 'tracked' &&
    settings.get<string>('untrackedChanges', 'mixed') === 'mixed';
  const newFiles = workingTreeChanges.filter(({ status }) => status === UNTRACKED);
  const added = isAll ? newFiles : [];
  if (workingTreeChanges.length - newFiles.length + added.length === 0) return undefined;
  const tracked = await repository.diff(false);
  const texts = await Promise.all(
    added.map(({ uri }, index) => newFileDiff(rootUri, uri, index < MAX_NEW_FILES)),
  );
  return bounded([tracked.trimEnd(), ...texts].filter((text) => text !== '').join('\n'));
}

function bounded(diff: string): string | undefined {
  return diff.trim() === '' ? undefined : diff.slice(0, MAX_DIFF_LENGTH);
}

/** As git would write it once the file is staged. What a secret file holds isn't read. */
async function newFileDiff(root: vscode.Uri, uri: vscode.Uri, isRead: boolean): Promise<string> {
  const path = uri.path.slice(root.path.length).replace(/^\//, '');
  const head = [`diff --git a/${path} b/${path}`, 'new file mode 100644'];
  const bytes = isRead && !isSecretFile(path) ? await firstBytes(uri) : undefined;
  if (bytes?.includes(0) === true) return [...head, `Binary files /dev/null and b/${path} differ`].join('\n');
  if (bytes === undefined || bytes.length === 0) return head.join('\n');
  const lines = new TextDecoder().decode(bytes).replace(/\n$/, '').split('\n');
  const hunk = [`--- /dev/null`, `+++ b/${path}`, `@@ -0,0 +1,${lines.length} @@`];
  return [...head, ...hunk, ...lines.map((line) => `+${line}`)].join('\n');
}

/** @returns `undefined` for a folder with a repository of its own, and for a file that can't be read or is long */
async function firstBytes(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File || size > MAX_NEW_FILE_BYTES) return undefined;
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}
