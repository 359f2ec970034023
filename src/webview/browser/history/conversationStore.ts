import type { Conversation } from '../../../protocol/keptConversation.js';
import { isStreaming } from './conversation.js';
import type { ConversationArea } from './conversationArea.js';
import { conversationTitle } from '../../../protocol/conversationTitle.js';
import { readConversation } from '../../../protocol/keptConversation.js';

/** What a killed page loses at most. */
const SAVE_AFTER_MS = 500;
const CHANNEL = 'youtu.conversations';

export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: number;
}

export interface StoreEvents {
  /** The list is another. `ids`: what another tab has changed. */
  readonly onChanged: (ids: readonly string[]) => void;
  /** Entries couldn't be read and were put aside. */
  readonly onDamaged: (count: number) => void;
  readonly onSaveFailed: () => void;
}

/** Keeps the conversations, and knows the list of them. */
export class ConversationStore {
  private readonly unsaved = new Map<string, Conversation>();
  private readonly known = new Map<string, ConversationSummary>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<void> = Promise.resolve();
  private readonly otherTabs = new BroadcastChannel(CHANNEL);

  constructor(
    private readonly area: ConversationArea,
    private readonly events: StoreEvents,
  ) {
    this.otherTabs.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (Array.isArray(data)) void this.readList(data.map(String));
    });
  }

  /** All that are kept, the newest first. */
  get list(): readonly ConversationSummary[] {
    return [...this.known.values()].sort((a, b) => b.updatedAt - a.updatedAt);
  }

  /** Reads the list anew. */
  async readList(changedElsewhere: readonly string[] = []): Promise<void> {
    const all = await this.all();
    this.known.clear();
    for (const conversation of [...all, ...this.unsaved.values()]) this.note(conversation);
    this.events.onChanged(changedElsewhere);
  }

  /**
   * Saves: at once if it `isUrgent`, otherwise soon, since twice a second is enough while an answer streams. An empty
   * conversation isn't kept.
   */
  save(conversation: Conversation, isUrgent: boolean): void {
    if (conversation.turns.length === 0) return;
    this.unsaved.set(conversation.id, conversation);
    this.note(conversation);
    if (isUrgent) {
      this.events.onChanged([]);
      void this.flush();
    } else {
      this.timer ??= setTimeout(() => void this.flush(), SAVE_AFTER_MS);
    }
  }

  /** Saves now; resolves when everything is kept or has failed. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const all = [...this.unsaved.values()];
    this.unsaved.clear();
    if (all.length > 0) this.writing = this.writing.then(() => this.write(all));
    return this.writing;
  }

  /** What isn't kept yet; a page that ends now leaves it to the one after it. */
  get unsavedText(): string | undefined {
    return this.unsaved.size === 0 ? undefined : JSON.stringify([...this.unsaved.values()]);
  }

  /** Keeps what the page before has left, where it is newer than what is kept. */
  async saveLeft(unsavedText: string): Promise<void> {
    for (const value of JSON.parse(unsavedText) as readonly unknown[]) {
      const left = readConversation(value);
      const kept = left && (await this.load(left.id));
      if (left !== undefined && left.updatedAt > (kept?.updatedAt ?? 0)) this.save(left, false);
    }
    await this.flush();
  }

  /** @returns `undefined` when there is none, or its entry is damaged; that is put aside then */
  async load(id: string): Promise<Conversation | undefined> {
    await this.flush();
    const value = await this.area.read(id);
    if (value === undefined) return undefined;
    return (await this.checked(new Map([[id, value]])))[0];
  }

  /** Every conversation that is kept, the oldest first. */
  async all(): Promise<readonly Conversation[]> {
    await this.flush();
    const all = await this.checked(await this.area.readAll());
    return [...all].sort((a, b) => a.createdAt - b.createdAt);
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.flush();
    await this.area.remove(ids);
    for (const id of ids) this.known.delete(id);
    this.otherTabs.postMessage(ids);
    this.events.onChanged([]);
  }

  private async checked(entries: ReadonlyMap<string, unknown>): Promise<readonly Conversation[]> {
    const good: Conversation[] = [];
    const damaged: string[] = [];
    for (const [id, value] of entries) {
      const conversation = readConversation(value);
      if (conversation?.id === id) good.push(conversation);
      else damaged.push(id);
    }
    for (const id of damaged) await this.area.setAside(id);
    if (damaged.length > 0) this.events.onDamaged(damaged.length);
    return good;
  }

  private async write(all: readonly Conversation[]): Promise<void> {
    try {
      await this.area.write(all);
    } catch {
      this.events.onSaveFailed();
      return;
    }
    // Another tab would take an answer that is still coming for one that was interrupted.
    const ids = all.filter((conversation) => !isStreaming(conversation)).map(({ id }) => id);
    if (ids.length > 0) this.otherTabs.postMessage(ids);
  }

  private note({ id, turns, updatedAt }: Conversation): void {
    this.known.set(id, { id, title: conversationTitle(turns), updatedAt });
  }
}
