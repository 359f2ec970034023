import * as vscode from 'vscode';
import type { Conversation } from '../../chatCore/conversation.js';
import { ConversationStore, NewerVersionError } from '../../chatCore/conversationStore.js';
import type { EntryProblem } from '../../chatCore/conversationReader.js';
import { exportFileName, exportMarkdown } from '../../chatCore/exportMarkdown.js';
import { guard } from '../guard.js';
import { ChatFolder } from './chatFolder.js';
import { ConversationFiles } from './conversationFiles.js';
import { pageStrings } from './pageStrings.js';
import type { UnsavedChats } from './unsavedChats.js';

/**
 * The chats in a folder. What can't be read or saved is shown to the user, with what can be done about it.
 * @param onDidMerge see `StoreEvents`
 */
export function openChats(
  folder: string,
  log: vscode.LogOutputChannel,
  onDidMerge: (saved: Conversation, merged: Conversation) => boolean,
  unsaved: UnsavedChats,
): ConversationStore {
  let isKept = false;
  const store = new ConversationStore(new ConversationFiles(new ChatFolder(folder)), {
    onUnreadable: (problems) => {
      for (const problem of problems) showUnreadable(problem, folder, log);
    },
    onSaveFailed: (error) => {
      log.error(`chat: a conversation could not be saved: ${String(error)}`);
      void guard(log, () => showUnsaved(store, folder, error, isKept));
    },
    onUnsaved: async (conversations) => {
      isKept = await unsaved.keep(conversations);
      if (!isKept) log.error('chat: there is no other place where unsaved conversations can be kept');
    },
    onDidStore: (ids) => void unsaved.remove(ids),
    onDidMerge,
  });
  return store;
}

export function showNewerChat(): void {
  const text = vscode.l10n.t(
    'This chat was made by a newer version of Youtu Code. Update the extension to open it.',
  );
  void vscode.window.showInformationMessage(text);
}

function showUnreadable(
  { id, movedTo, error }: EntryProblem,
  folder: string,
  log: vscode.LogOutputChannel,
): void {
  const path = vscode.Uri.joinPath(vscode.Uri.file(folder), movedTo ?? `${id}.json`).fsPath;
  if (movedTo === undefined) {
    log.warn(`chat: a conversation could not be read: ${path}: ${String(error)}`);
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'A chat file can’t be read, and the other chats are shown without it: {0} ({1}). Check its permissions.',
        path,
        reasonOf(error),
      ),
    );
  } else {
    log.warn(`chat: a damaged conversation was set aside: ${path}`);
    void vscode.window.showWarningMessage(
      vscode.l10n.t('A chat file is damaged and was moved aside: {0}', path),
    );
  }
}

/** Saves what an earlier window couldn't. */
export async function saveLeftChats(store: ConversationStore, unsaved: UnsavedChats): Promise<void> {
  const left = await unsaved.read();
  await store.saveLeft([...left.values()]);
  const stillUnsaved = new Set(store.unsaved.map(({ id }) => id));
  await unsaved.remove([...left.keys()].filter((id) => !stillUnsaved.has(id)));
}

/** Offers to try again, or to export what isn't saved: there may be space on another disk. */
async function showUnsaved(
  store: ConversationStore,
  folder: string,
  error: unknown,
  isKept: boolean,
): Promise<void> {
  const retry = vscode.l10n.t('Try Again');
  const exportUnsaved = vscode.l10n.t('Export');
  const text =
    error instanceof NewerVersionError
      ? vscode.l10n.t(
          'A newer version of Youtu Code has changed this chat in another window. Here it is kept only until this window closes: export it, or update the extension.',
        )
      : isKept
        ? vscode.l10n.t(
            'The chat couldn’t be saved: {0}. It is kept in another place, and saved when that is possible again.',
            storageReason(error, folder),
          )
        : vscode.l10n.t(
            'The chat couldn’t be saved: {0}. It is kept only until this window closes.',
            storageReason(error, folder),
          );
  const answer = await vscode.window.showWarningMessage(text, retry, exportUnsaved);
  if (answer === retry) await store.retry();
  if (answer === exportUnsaved) for (const conversation of store.unsaved) await exportTo(conversation);
}

async function exportTo(conversation: Conversation): Promise<void> {
  const name = exportFileName(conversation);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    filters: { Markdown: ['md'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  const text = exportMarkdown(conversation, pageStrings(), vscode.l10n.t('Chat'));
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}

/** In words where the cause is a common one: Node's messages hold calls and names of temporary files. */
function storageReason(error: unknown, folder: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return vscode.l10n.t('the disk is full ({0})', code);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return vscode.l10n.t('{0} isn’t writable ({1})', folder, code);
    default:
      return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
