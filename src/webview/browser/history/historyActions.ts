import { fill } from '../../../protocol/chatStrings.js';
import type { ChatSession } from '../chatSession.js';
import type { Conversation } from '../../../protocol/keptConversation.js';
import type { ConversationStore } from './conversationStore.js';
import { conversationTitle } from '../../../protocol/conversationTitle.js';
import { exportMarkdown } from './exportMarkdown.js';
import { fileName } from './fileName.js';
import { saveFile } from './saveFile.js';
import type { Toast } from '../toast.js';
import type { BrowserWords } from '../words/browserWords.js';

/** What can be done with kept conversations. */
export class HistoryActions {
  constructor(
    private readonly session: ChatSession,
    private readonly store: ConversationStore,
    private readonly toast: () => Toast,
    private readonly words: () => BrowserWords,
  ) {}

  async open(id: string): Promise<void> {
    if (id === this.session.conversation.id) return;
    this.toast().hide();
    const conversation = await this.store.load(id);
    if (conversation !== undefined) this.session.open(conversation);
    else await this.store.readList();
  }

  async remove(id: string): Promise<void> {
    if (id === this.session.conversation.id) this.session.stop();
    const conversation = await this.store.load(id);
    if (conversation !== undefined) await this.removeAll([conversation], this.words().chatDeleted);
  }

  async clear(): Promise<void> {
    this.session.stop();
    const all = await this.store.all();
    await this.removeAll(all, fill(this.words().chatsDeleted, all.length));
  }

  export(): void {
    const { conversation } = this.session;
    saveFile(
      fileName(conversationTitle(conversation.turns), 'md'),
      'text/markdown',
      exportMarkdown(conversation, this.words()),
    );
  }

  async exportAll(): Promise<void> {
    const conversations = await this.store.all();
    const content = { version: 1, exportedAt: new Date().toISOString(), conversations };
    saveFile('youtu-chats.json', 'application/json', `${JSON.stringify(content, undefined, 1)}\n`);
  }

  /** Deletes, with a way back. */
  private async removeAll(removed: readonly Conversation[], sentence: string): Promise<void> {
    const open = removed.find(({ id }) => id === this.session.conversation.id);
    await this.store.remove(removed.map(({ id }) => id));
    if (open !== undefined) this.session.open();
    this.toast().show(sentence, {
      label: this.words().undo,
      run: () => {
        for (const conversation of removed) this.store.save(conversation, true);
        if (open !== undefined && this.session.conversation.turns.length === 0) this.session.open(open);
      },
    });
  }
}
