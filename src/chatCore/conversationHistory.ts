import type { ChatSession, FailureStep } from './chatSession.js';
import type { Conversation } from './conversation.js';
import type { ConversationStore } from './conversationStore.js';

/** What was deleted: one conversation, or all of them. */
export interface Removal {
  readonly count: number;
  readonly isAll: boolean;
}

interface HistoryEvents {
  /** Conversations were deleted; `undo` stores them again. */
  readonly onDidRemove: (removal: Removal, undo: () => void) => void;
  /** The conversation can't be opened: a newer version has stored it. */
  readonly onNewer: () => void;
}

/** Leaves, opens and deletes conversations. */
export class ConversationHistory<Step extends FailureStep> {
  constructor(
    private readonly session: ChatSession<Step>,
    private readonly store: ConversationStore,
    private readonly events: HistoryEvents,
  ) {}

  /** Starts a new conversation. If the one that is left couldn't be saved, this is tried, and perhaps reported, again. */
  startNew(): void {
    this.session.open();
    if (this.store.hasFailed) void this.store.retry();
  }

  /** Opens the conversation that was open last, unless a question has been asked meanwhile. */
  async restore(id: string | undefined): Promise<void> {
    const conversation = id === undefined ? undefined : await this.store.load(id);
    if (conversation !== undefined && this.isSessionEmpty) this.session.open(conversation);
  }

  /** Opens a stored conversation. Reads the list again when it is no longer there. */
  async open(id: string): Promise<void> {
    if (id === this.session.conversation.id) return;
    const conversation = await this.store.load(id);
    if (conversation !== undefined) {
      this.session.open(conversation);
      return;
    }
    const summary = (await this.store.readList()).find((each) => each.id === id);
    if (summary?.isNewer === true) this.events.onNewer();
  }

  async remove(id: string): Promise<void> {
    await this.removeStored(
      [id],
      this.close((open) => open.id === id),
      false,
    );
  }

  /** Deletes the open conversation. */
  async clear(): Promise<void> {
    if (!this.isSessionEmpty) await this.remove(this.session.conversation.id);
  }

  async removeAll(): Promise<void> {
    const open = this.close(() => true);
    const ids = (await this.store.readList()).map((each) => each.id);
    await this.removeStored(ids, open, true);
  }

  private get isSessionEmpty(): boolean {
    return this.session.conversation.turns.length === 0;
  }

  /**
   * Leaves the open conversation for a new one before it is deleted: a question asked meanwhile would bring it back.
   * Returns it, `undefined` where it stays open.
   */
  private close(isRemoved: (open: Conversation) => boolean): Conversation | undefined {
    if (this.isSessionEmpty || !isRemoved(this.session.conversation)) return undefined;
    return this.session.open();
  }

  private async removeStored(
    ids: readonly string[],
    open: Conversation | undefined,
    isAll: boolean,
  ): Promise<void> {
    const { count, restore } = await this.store.remove(ids);
    if (count === 0) return;
    this.events.onDidRemove({ count, isAll }, () => {
      restore();
      if (open !== undefined && this.isSessionEmpty) this.session.open(open);
    });
  }
}
