import * as vscode from 'vscode';
import type { ConversationStore, ConversationSummary } from '../../chatCore/conversationStore.js';

type Item = vscode.QuickPickItem & { readonly summary: ConversationSummary };

/** Shows the history; a button beside each conversation deletes it. Resolves to the id of the one to open. */
export async function pickConversation(
  store: ConversationStore,
  currentId: string,
  remove: (id: string) => Promise<void>,
): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = vscode.l10n.t('Earlier chats');
  picker.placeholder = vscode.l10n.t('Type to search, press Enter to open');
  picker.matchOnDescription = true;
  const removeButton: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('trash'),
    tooltip: vscode.l10n.t('Delete this chat'),
  };
  const date = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'short', timeStyle: 'short' });
  const refresh = async (): Promise<void> => {
    picker.busy = true;
    picker.items = (await store.readList()).map((summary) => ({
      label: summary.title,
      description: [
        ...(summary.id === currentId ? [vscode.l10n.t('open now')] : []),
        ...(summary.isUnsaved ? [vscode.l10n.t('not saved')] : []),
        ...(summary.isNewer ? [vscode.l10n.t('made by a newer version')] : []),
        date.format(summary.updatedAt),
      ].join(' · '),
      buttons: [removeButton],
      summary,
    }));
    picker.busy = false;
    if (picker.items.length === 0) picker.placeholder = vscode.l10n.t('No chats yet');
  };
  const removeAndRefresh = async ({ summary }: Item): Promise<void> => {
    await remove(summary.id);
    await refresh();
  };
  try {
    picker.show();
    return await new Promise<string | undefined>((resolve, reject) => {
      picker.onDidAccept(() => resolve(picker.selectedItems[0]?.summary.id));
      picker.onDidHide(() => resolve(undefined));
      picker.onDidTriggerItemButton(({ item }) => removeAndRefresh(item).catch(reject));
      refresh().catch(reject);
    });
  } finally {
    picker.dispose();
  }
}
