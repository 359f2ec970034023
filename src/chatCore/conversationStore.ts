import { readConversation } from './chatSchemas.js';
import { conversationTitle, isStreaming, type Conversation } from './conversation.js';

/** Most that is lost when a window or page is killed. */
const SAVE_AFTER_MS = 500;

/** Where conversations are stored, by id. What is read may be anything: another program may have changed it. */
export interface ConversationArea {
  readAll(): Promise<ReadonlyMap<string, unknown>>;
  /** Resolves to `undefined` when there is none. */
  read(id: string): Promise<unknown>;
  /** Rejects when any could not be written. A write that is cut off leaves the old entry or the new one. */
  write(conversations: readonly Conversation[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Moves an entry that can't be read away from the others, unchanged. Resolves to its new name. */
  setAside(id: string): Promise<string>;
}

export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
}

interface StoreEvents {
  /** Entries couldn't be read and were set aside under these names. */
  readonly onDamaged: (names: readonly string[]) => void;
  readonly onSaveFailed: (error: unknown) => void;
  /** {@link ConversationStore.summaries} has changed. `elsewhere`: ids that another owner of the area has changed. */
  readonly onDidChangeList?: (elsewhere: readonly string[]) => void;
  /** These entries of the area have changed, and no answer is streaming in them. */
  readonly onDidStore?: (ids: readonly string[]) => void;
}

/** Keeps the conversations in an area, and knows the list of them. */
export class ConversationStore {
  private readonly pending = new Map<string, Conversation>();
  private readonly known = new Map<string, ConversationSummary>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly area: ConversationArea,
    private readonly events: StoreEvents,
    private readonly saveAfterMs: number = SAVE_AFTER_MS,
  ) {}

  /** All that are stored, the newest first, as last read. */
  get summaries(): readonly ConversationSummary[] {
    return [...this.known.values()].sort((a, b) => b.updatedAt - a.updatedAt);
  }

  /** Reads the list again. @param changedElsewhere ids that another owner of the area has changed */
  async readList(changedElsewhere: readonly string[] = []): Promise<readonly ConversationSummary[]> {
    const all = await this.all();
    this.known.clear();
    for (const conversation of [...all, ...this.pending.values()]) this.note(conversation);
    this.events.onDidChangeList?.(changedElsewhere);
    return this.summaries;
  }

  /**
   * Saves at once if it `isUrgent`, otherwise within {@link SAVE_AFTER_MS}: twice a second is enough while an answer
   * streams. An empty conversation isn't stored.
   */
  save(conversation: Conversation, isUrgent: boolean): void {
    if (conversation.turns.length === 0) return;
    this.pending.set(conversation.id, conversation);
    this.note(conversation);
    if (isUrgent) {
      this.events.onDidChangeList?.([]);
      void this.flush();
    } else {
      this.timer ??= setTimeout(() => void this.flush(), this.saveAfterMs);
    }
  }

  /** Saves now; resolves when everything is stored or has failed. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const all = [...this.pending.values()];
    this.pending.clear();
    if (all.length > 0) this.writing = this.writing.then(() => this.write(all));
    return this.writing;
  }

  /** What isn't stored yet. A page that ends now can hand it to the next one, for {@link saveNewer}. */
  get unsaved(): readonly Conversation[] {
    return [...this.pending.values()];
  }

  /** Saves those of the values that are conversations and newer than what is stored. */
  async saveNewer(values: readonly unknown[]): Promise<void> {
    for (const value of values) {
      const conversation = readConversation(value);
      const stored = conversation && (await this.load(conversation.id));
      if (conversation !== undefined && conversation.updatedAt > (stored?.updatedAt ?? 0))
        this.save(conversation, false);
    }
    await this.flush();
  }

  /** Resolves to `undefined` when there is none, or when its entry is damaged, which is set aside then. */
  async load(id: string): Promise<Conversation | undefined> {
    await this.flush();
    const value = await this.area.read(id);
    if (value === undefined) return undefined;
    return (await this.checked(new Map([[id, value]])))[0];
  }

  /** Every conversation that is stored, the oldest first. */
  async all(): Promise<readonly Conversation[]> {
    await this.flush();
    const all = await this.checked(await this.area.readAll());
    return [...all].sort((a, b) => a.createdAt - b.createdAt);
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.pending.delete(id);
    await this.flush();
    await this.area.remove(ids);
    for (const id of ids) this.known.delete(id);
    this.events.onDidStore?.(ids);
    this.events.onDidChangeList?.([]);
  }

  private async checked(entries: ReadonlyMap<string, unknown>): Promise<readonly Conversation[]> {
    const good: Conversation[] = [];
    const damaged: string[] = [];
    for (const [id, value] of entries) {
      const conversation = readConversation(value);
      // An entry under a wrong id would be saved under its own next time, and be there twice.
      if (conversation?.id === id) good.push(conversation);
      else damaged.push(id);
    }
    const names: string[] = [];
    for (const id of damaged) names.push(await this.area.setAside(id));
    if (names.length > 0) this.events.onDamaged(names);
    return good;
  }

  private async write(all: readonly Conversation[]): Promise<void> {
    try {
      await this.area.write(all);
    } catch (error) {
      this.events.onSaveFailed(error);
      return;
    }
    // Read back, an answer that is still streaming counts as interrupted.
    const ids = all.filter((conversation) => !isStreaming(conversation)).map(({ id }) => id);
    if (ids.length > 0) this.events.onDidStore?.(ids);
  }

  private note({ id, turns, updatedAt }: Conversation): void {
    this.known.set(id, { id, title: conversationTitle(turns), updatedAt });
  }
}
