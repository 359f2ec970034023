import type {
  ConversationArea,
  EntryChange,
  StoredEntry,
} from '../../../../src/chatCore/conversationArea.js';

/** Counts an area's writes, and can make reads and writes fail. */
export class ObservedArea implements ConversationArea {
  writes = 0;
  /** Set to make every write fail. */
  failure: Error | undefined;
  /** Set to make the entry with this id unreadable. */
  unreadable: string | undefined;

  constructor(private readonly area: ConversationArea) {}

  async readAll(): Promise<ReadonlyMap<string, StoredEntry>> {
    return new Map([...(await this.area.readAll())].map(([id, entry]) => [id, this.seen(id, entry)]));
  }

  async read(id: string): Promise<StoredEntry | undefined> {
    const entry = await this.area.read(id);
    return entry && this.seen(id, entry);
  }

  async update(id: string, change: EntryChange): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.writes++;
    await this.area.update(id, (entry) => change(entry && this.seen(id, entry)));
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.area.remove(ids);
  }

  setAside(id: string): Promise<string> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    return this.area.setAside(id);
  }

  private seen(id: string, entry: StoredEntry): StoredEntry {
    return id === this.unreadable ? { error: new Error('EACCES') } : entry;
  }
}
