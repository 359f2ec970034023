import * as vscode from 'vscode';
import type { ChatController } from './chatController.js';
import type { ConversationStore } from './conversationStore.js';
import { pickConversation } from './pickConversation.js';

const CURRENT = 'youtu.chat.current';

/** Which conversation is open, across windows' lives, and what can be done with the others. */
export class Conversations {
  constructor(
    private readonly controller: ChatController,
    private readonly store: ConversationStore,
    private readonly memory: vscode.Memento,
  ) {}

  /** Opens the conversation that was open when the window was closed. */
  async restore(): Promise<void> {
    const id = this.memory.get<string>(CURRENT);
    const conversation = id === undefined ? undefined : await this.store.load(id);
    // A question may have been asked meanwhile.
    if (conversation !== undefined && this.controller.conversation.turns.length === 0)
      this.controller.open(conversation);
  }

  async remember(): Promise<void> {
    const { id } = this.controller.conversation;
    if (this.memory.get(CURRENT) !== id) await this.memory.update(CURRENT, id);
  }

  /** A new conversation; the one before stays in the history. */
  async startNew(): Promise<void> {
    this.controller.open();
    await this.remember();
  }

  /** Throws the open conversation away. */
  async clear(): Promise<void> {
    if (this.controller.conversation.turns.length > 0) await this.remove(this.controller.conversation.id);
  }

  async pick(): Promise<void> {
    const { id: currentId } = this.controller.conversation;
    const id = await pickConversation(this.store, currentId, (removed) => this.remove(removed));
    if (id === undefined || id === this.controller.conversation.id) return;
    const conversation = await this.store.load(id);
    if (conversation === undefined) return;
    this.controller.open(conversation);
    await this.remember();
  }

  /** Deletes a conversation, with a way back. */
  private async remove(id: string): Promise<void> {
    if (id === this.controller.conversation.id) await this.startNew();
    const conversation = await this.store.load(id);
    if (conversation === undefined) return;
    await this.store.remove(id);
    void this.offerUndo(async () => {
      this.store.save(conversation);
      if (this.controller.conversation.turns.length > 0) return;
      this.controller.open(conversation);
      await this.remember();
    });
  }

  private async offerUndo(undo: () => Promise<void>): Promise<void> {
    const label = vscode.l10n.t('Undo');
    const answer = await vscode.window.showInformationMessage(vscode.l10n.t('The chat was deleted.'), label);
    if (answer === label) await undo();
  }
}
