import type { ChatSession, FailureStep } from './chatSession.js';
import type { Conversation } from './conversation.js';
import type { ConversationStore } from './conversationStore.js';

/** What was deleted: one conversation, or all of them. */
export interface Removal {
  readonly count: number;
  readonly isAll: boolean;
}

/** Opens and deletes stored conversations. */
export class ConversationHistory<Step extends FailureStep> {
  constructor(
    private readonly session: ChatSession<Step>,
    private readonly store: ConversationStore,
    /** Conversations were deleted; `undo` stores them again. */
    private readonly onDidRemove: (removal: Removal, undo: () => void) => void,
  ) {}

  /** Opens the conversation that was open last, unless a question has been asked meanwhile. */
  async restore(id: string | undefined): Promise<void> {
    const conversation = id === undefined ? undefined : await this.store.load(id);
    if (conversation !== undefined && this.isSessionEmpty) this.session.open(conversation);
  }

  /** Opens a stored conversation. Reads the list again when it is no longer there. */
  async open(id: string): Promise<void> {
    if (id === this.session.conversation.id) return;
    const conversation = await this.store.load(id);
    if (conversation !== undefined) this.session.open(conversation);
    else await this.store.readList();
  }

  async remove(id: string): Promise<void> {
    const openId = this.close((open) => open.id === id);
    const conversation = await this.store.load(id);
    if (conversation !== undefined) await this.removeStored([conversation], openId, false);
  }

  /** Deletes the open conversation. */
  async clear(): Promise<void> {
    if (!this.isSessionEmpty) await this.remove(this.session.conversation.id);
  }

  async removeAll(): Promise<void> {
    const openId = this.close(() => true);
    await this.removeStored(await this.store.all(), openId, true);
  }

  private get isSessionEmpty(): boolean {
    return this.session.conversation.turns.length === 0;
  }

  /**
   * Leaves the open conversation for a new one before it is deleted: a question asked meanwhile would bring it back.
   * Returns its id, `undefined` where it stays open.
   */
  private close(isRemoved: (open: Conversation) => boolean): string | undefined {
    if (this.isSessionEmpty || !isRemoved(this.session.conversation)) return undefined;
    return this.session.open().id;
  }

  private async removeStored(
    removed: readonly Conversation[],
    openId: string | undefined,
    isAll: boolean,
  ): Promise<void> {
    await this.store.remove(removed.map(({ id }) => id));
    this.onDidRemove({ count: removed.length, isAll }, () => {
      for (const conversation of removed) this.store.save(conversation, true);
      const open = removed.find(({ id }) => id === openId);
      if (open !== undefined && this.isSessionEmpty) this.session.open(open);
    });
  }
}
