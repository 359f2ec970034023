/** What is used of the API, version 1, of VS Code's own git extension. */
import * as vscode from 'vscode';

interface GitExtension {
  /** @throws when `git.enabled` is off, or git isn't installed */
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly repositories: readonly GitRepository[];
}

/** `status` 7 is that of an untracked file, among the changes of the working tree. */
export const UNTRACKED = 7;

interface GitChange {
  readonly uri: vscode.Uri;
  readonly status: number;
}

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  readonly ui: { readonly selected: boolean };
  readonly state: {
    readonly HEAD: { readonly name?: string; readonly commit?: string } | undefined;
    readonly indexChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
  };
  /** @param cached what is staged; otherwise what isn't */
  diff(cached?: boolean): Promise<string>;
  /** The newest first. */
  log(options: {
    readonly maxEntries: number;
  }): Promise<readonly { readonly message: string; readonly parents: readonly string[] }[]>;
}

/** @returns `undefined` where git isn't installed, or is off, as in a workspace that isn't trusted */
export async function gitRepositories(): Promise<readonly GitRepository[] | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined) return undefined;
  const git = await extension.activate();
  try {
    return git.getAPI(1).repositories;
  } catch {
    return undefined;
  }
}

/**
 * The repository that a command is about.
 * @param argument what the Source Control view passes: the `SourceControl` whose button was pressed
 * @returns `undefined` when the user chooses none of several
 */
export async function chooseRepository(
  repositories: readonly GitRepository[],
  argument: unknown,
): Promise<GitRepository | undefined> {
  const root = (argument as Partial<vscode.SourceControl> | undefined)?.rootUri?.toString();
  const named = repositories.find(({ rootUri }) => rootUri.toString() === root);
  if (named !== undefined || repositories.length <= 1) return named ?? repositories[0];
  const items = [...repositories]
    .sort((one, other) => Number(other.ui.selected) - Number(one.ui.selected))
    .map((repository) => ({
      label: repository.rootUri.path.split('/').at(-1) ?? '',
      description: repository.state.HEAD?.name ?? '',
      detail: repository.rootUri.fsPath,
      repository,
    }));
  const placeHolder = vscode.l10n.t('Choose the repository to write a commit message for');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.repository;
}
