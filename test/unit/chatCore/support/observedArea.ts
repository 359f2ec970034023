import type { Conversation } from '../../../../src/chatCore/conversation.js';
import type { ConversationArea } from '../../../../src/chatCore/conversationStore.js';

/** Counts an area's writes, and can make them fail. */
export class ObservedArea implements ConversationArea {
  writes = 0;
  /** Set to make every write fail. */
  failure: Error | undefined;

  constructor(private readonly area: ConversationArea) {}

  readAll(): Promise<ReadonlyMap<string, unknown>> {
    return this.area.readAll();
  }

  read(id: string): Promise<unknown> {
    return this.area.read(id);
  }

  async write(conversations: readonly Conversation[]): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.writes++;
    await this.area.write(conversations);
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.area.remove(ids);
  }

  setAside(id: string): Promise<string> {
    return this.area.setAside(id);
  }
}
