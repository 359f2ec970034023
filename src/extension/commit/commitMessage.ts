import * as vscode from 'vscode';
import { CommitMessageRequest, type CommitMessageResult } from '../../protocol/commit.js';
import { withEditProgress } from '../edit/editProgress.js';
import type { EngineClient } from '../engine/engineClient.js';
import { guard } from '../guard.js';
import { changeToCommit } from './changeToCommit.js';
import { chooseRepository, gitRepositories, type GitRepository } from './gitExtension.js';

/** Enough to leave out merges and releases. */
const LOG_COUNT = 60;
const STATUS_MS = 8000;

/**
 * `youtu.commitMessage`: writes a message for what would be committed into the Source Control view's input.
 * @param argument of the view's button
 */
export async function writeCommitMessage(
  engine: EngineClient,
  log: vscode.LogOutputChannel,
  argument: unknown,
): Promise<void> {
  const repositories = await gitRepositories();
  if (repositories === undefined || repositories.length === 0) {
    void vscode.window.showInformationMessage(
      repositories === undefined
        ? vscode.l10n.t(
            'Git isn’t available here. Install it, turn on git.enabled, and trust the workspace, then try again.',
          )
        : vscode.l10n.t('There is no git repository here. Open a folder that has one.'),
    );
    return;
  }
  const repository = await chooseRepository(repositories, argument);
  if (repository === undefined) return;
  const diff = await changeToCommit(repository);
  if (diff === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There are no changes to write a commit message for.'),
    );
    return;
  }
  const source = new vscode.CancellationTokenSource();
  try {
    const result = await withEditProgress(
      vscode.l10n.t('Commit message'),
      () => source.cancel(),
      async (say) => {
        say(vscode.l10n.t('Reading the changes'));
        const subjects = await recentSubjects(repository);
        say(vscode.l10n.t('Writing the message'));
        const branch = repository.state.HEAD?.name;
        const params = { diff, subjects, ...(branch === undefined ? {} : { branch }) };
        return engine.request(CommitMessageRequest, params, source.token);
      },
    );
    if (argument === undefined) await vscode.commands.executeCommand('workbench.view.scm');
    put(repository, result, log);
  } finally {
    source.dispose();
  }
}

/** None in a repository without commits, whose log fails. */
async function recentSubjects(repository: GitRepository): Promise<readonly string[]> {
  if (repository.state.HEAD?.commit === undefined) return [];
  const commits = await repository.log({ maxEntries: LOG_COUNT });
  return commits
    .filter(({ parents }) => parents.length <= 1)
    .map(({ message }) => message.split(/\r?\n/, 1)[0] ?? '')
    .filter((subject) => subject !== '');
}

/** The user may have begun a message: setting the input leaves nothing to undo, so they are asked. */
function put(
  repository: GitRepository,
  { message, origin }: CommitMessageResult,
  log: vscode.LogOutputChannel,
): void {
  const { inputBox } = repository;
  if (origin === 'fallback')
    vscode.window.setStatusBarMessage(
      vscode.l10n.t('The model had no message that passed the checks: this one only names what has changed.'),
      STATUS_MS,
    );
  if (inputBox.value.trim() === '') inputBox.value = message;
  else if (inputBox.value.trim() !== message) void guard(log, () => offer(inputBox, message));
}

async function offer(inputBox: GitRepository['inputBox'], message: string): Promise<void> {
  const replace = vscode.l10n.t('Replace');
  const copy = vscode.l10n.t('Copy');
  const sentence = vscode.l10n.t(
    'You have already written a commit message. Replace it with “{0}”?',
    message,
  );
  const answer = await vscode.window.showInformationMessage(sentence, replace, copy);
  if (answer === replace) inputBox.value = message;
  else if (answer === copy) await vscode.env.clipboard.writeText(message);
}
