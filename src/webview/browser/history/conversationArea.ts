import type { Conversation } from '../../../protocol/keptConversation.js';

/** Where conversations lie. What is read may be anything: a hand, another program or a fault may have changed it. */
export interface ConversationArea {
  readAll(): Promise<ReadonlyMap<string, unknown>>;
  read(id: string): Promise<unknown>;
  write(conversations: readonly Conversation[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Takes an entry away from the others, as it is, for whoever can mend it. */
  setAside(id: string): Promise<void>;
}

/** For browsers that keep nothing: as long as the page is open. */
export class MemoryArea implements ConversationArea {
  private readonly entries = new Map<string, unknown>();

  readAll(): Promise<ReadonlyMap<string, unknown>> {
    return Promise.resolve(new Map(this.entries));
  }

  read(id: string): Promise<unknown> {
    return Promise.resolve(this.entries.get(id));
  }

  write(conversations: readonly Conversation[]): Promise<void> {
    for (const conversation of conversations) this.entries.set(conversation.id, conversation);
    return Promise.resolve();
  }

  remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.entries.delete(id);
    return Promise.resolve();
  }

  setAside(id: string): Promise<void> {
    return this.remove([id]);
  }
}
