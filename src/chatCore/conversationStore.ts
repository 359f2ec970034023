import { conversationTitle, isStreaming, type Conversation } from './conversation.js';
import type { ConversationArea, StoredConversation, StoredEntry } from './conversationArea.js';
import { ConversationReader, type EntryProblem } from './conversationReader.js';
import { mergeConversations, readConversation, readEntry, toStored } from './storedConversation.js';

/** Most that is lost when a window or page is killed. */
const SAVE_AFTER_MS = 500;

export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
  /** Only a newer version can open it. */
  readonly isNewer?: boolean;
  /** It could not be stored: it is kept only as long as this window or page is open. */
  readonly isUnsaved?: boolean;
}

/** A newer version has stored the conversation meanwhile: what it has stored must not be overwritten. */
export class NewerVersionError extends Error {
  constructor() {
    super('stored by a newer version');
    this.name = 'NewerVersionError';
  }
}

interface StoreEvents {
  /** Entries couldn't be read. Each is reported once. */
  readonly onUnreadable: (problems: readonly EntryProblem[]) => void;
  /** Reported once until it is stored, or {@link ConversationStore.retry} fails again. */
  readonly onSaveFailed: (error: unknown) => void;
  /** After each attempt to store that leaves some of them unsaved. Awaited, so that a last attempt is complete. */
  readonly onUnsaved?: (unsaved: readonly Conversation[]) => Promise<void>;
  /** `saved` was merged with what another window has stored. Returns whether the session continues with `merged`. */
  readonly onDidMerge?: (saved: Conversation, merged: Conversation) => boolean;
  /** {@link ConversationStore.summaries} has changed. `elsewhere`: ids that another owner of the area has changed. */
  readonly onDidChangeList?: (elsewhere: readonly string[]) => void;
  /** These entries of the area have changed, and no answer is streaming in them. */
  readonly onDidStore?: (ids: readonly string[]) => void;
}

interface Removed {
  readonly count: number;
  /** Stores them again. */
  readonly restore: () => void;
}

/** Keeps the conversations in an area, and knows the list of them. */
export class ConversationStore {
  /** Not stored yet. What can't be stored stays here, and is tried again with each save. */
  private readonly pending = new Map<string, Conversation>();
  /** Those of them whose failure has been reported. */
  private readonly failed = new Set<string>();
  /** Each conversation as it was last stored or loaded here, to tell other windows' changes from this one's. */
  private readonly bases = new Map<string, Conversation>();
  private readonly known = new Map<string, ConversationSummary>();
  private readonly reader: ConversationReader;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly area: ConversationArea,
    private readonly events: StoreEvents,
    private readonly saveAfterMs: number = SAVE_AFTER_MS,
  ) {
    this.reader = new ConversationReader(area, events.onUnreadable);
  }

  /** All that are stored, the newest first, as last read, and those that couldn't be stored. */
  get summaries(): readonly ConversationSummary[] {
    return [...this.known.values()].sort((a, b) => b.updatedAt - a.updatedAt);
  }

  /** What isn't stored yet. A page that ends now can hand it to the next one, for {@link saveLeft}. */
  get unsaved(): readonly Conversation[] {
    return [...this.pending.values()];
  }

  get hasFailed(): boolean {
    return this.failed.size > 0;
  }

  /** Reads the list again. @param changedElsewhere ids that another owner of the area has changed */
  async readList(changedElsewhere: readonly string[] = []): Promise<readonly ConversationSummary[]> {
    await this.flush();
    const { conversations, newer } = await this.reader.readAll();
    this.known.clear();
    for (const summary of newer) this.known.set(summary.id, { ...summary, isNewer: true });
    for (const conversation of [...conversations, ...this.pending.values()]) this.note(conversation);
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
    this.writing = this.writing.then(() => this.writePending());
    return this.writing;
  }

  /** Tries again to save what couldn't be saved, and reports it again if that fails. */
  retry(): Promise<void> {
    this.failed.clear();
    return this.flush();
  }

  /** Saves what an earlier page couldn't: values of {@link unsaved}. Where both have a turn, the newer chat's is kept. */
  async saveLeft(values: readonly unknown[]): Promise<void> {
    for (const value of values) {
      const left = readConversation(value);
      if (left === undefined) continue;
      // What is left must not be lost when nothing can be read.
      const stored = await this.load(left.id).catch(() => undefined);
      const isLeftNewer = stored === undefined || left.updatedAt > stored.updatedAt;
      this.save(isLeftNewer ? left : mergeConversations(stored, undefined, left), false);
    }
    await this.flush();
  }

  /** Resolves to `undefined` when there is none that this version can read. */
  async load(id: string): Promise<Conversation | undefined> {
    await this.flush();
    const unsaved = this.pending.get(id);
    if (unsaved !== undefined) return unsaved;
    const conversation = await this.reader.read(id);
    if (conversation !== undefined) this.bases.set(id, conversation);
    return conversation;
  }

  /** Every conversation, also those that couldn't be stored, the oldest first. */
  async all(): Promise<readonly Conversation[]> {
    await this.flush();
    const { conversations } = await this.reader.readAll();
    const all = new Map([...conversations, ...this.pending.values()].map((each) => [each.id, each]));
    return [...all.values()].sort((a, b) => a.createdAt - b.createdAt);
  }

  /** Removes conversations, also those of a newer version. */
  async remove(ids: readonly string[]): Promise<Removed> {
    const unsaved = ids.flatMap((id) => this.pending.get(id) ?? []);
    for (const id of ids) this.pending.delete(id);
    await this.flush();
    const stored = new Map<string, unknown>();
    for (const id of ids) {
      const entry = await this.area.read(id);
      if (entry !== undefined && 'value' in entry) stored.set(id, entry.value);
    }
    await this.area.remove([...stored.keys()]);
    for (const id of ids) for (const kept of [this.known, this.bases, this.failed]) kept.delete(id);
    this.events.onDidStore?.(ids);
    this.events.onDidChangeList?.([]);
    const count = new Set([...stored.keys(), ...unsaved.map(({ id }) => id)]).size;
    return { count, restore: () => this.restore(stored, unsaved) };
  }

  private restore(stored: ReadonlyMap<string, unknown>, unsaved: readonly Conversation[]): void {
    for (const [id, value] of stored) {
      const read = readEntry(id, { value });
      if (read.kind === 'conversation') this.save(read.conversation, false);
      else this.restoreNewer(id, value as StoredConversation);
    }
    for (const conversation of unsaved) this.save(conversation, false);
    this.events.onDidChangeList?.([]);
    void this.flush();
  }

  private restoreNewer(id: string, value: StoredConversation): void {
    this.writing = this.writing
      .then(() => this.area.update(id, () => value))
      .catch((error: unknown) => this.events.onSaveFailed(error))
      .then(() => void this.readList());
  }

  private async writePending(): Promise<void> {
    let hasMarkChanged = false;
    const errors: unknown[] = [];
    const stored: string[] = [];
    for (const conversation of [...this.pending.values()]) {
      const { id } = conversation;
      try {
        await this.write(conversation);
        if (this.pending.get(id) === conversation) this.pending.delete(id);
        this.failed.delete(id);
        // Read back, an answer that is still streaming counts as interrupted.
        if (!isStreaming(conversation)) stored.push(id);
      } catch (error) {
        if (!this.failed.has(id)) errors.push(error);
        this.failed.add(id);
      }
      hasMarkChanged ||= (this.known.get(id)?.isUnsaved === true) !== this.failed.has(id);
      this.note(this.pending.get(id) ?? conversation);
    }
    if (this.failed.size > 0) await this.events.onUnsaved?.(this.unsaved);
    for (const error of errors) this.events.onSaveFailed(error);
    if (stored.length > 0) this.events.onDidStore?.(stored);
    if (hasMarkChanged) this.events.onDidChangeList?.([]);
  }

  private async write(saved: Conversation): Promise<void> {
    const { id } = saved;
    await this.reader.makeRoom(id);
    let merged = saved;
    await this.area.update(id, (entry) => {
      merged = entry === undefined ? saved : this.merged(saved, entry);
      return toStored(merged);
    });
    const isContinued = merged !== saved && this.events.onDidMerge?.(saved, merged) === true;
    this.bases.set(id, isContinued ? merged : saved);
  }

  /** @throws what keeps the stored entry from being replaced */
  private merged(saved: Conversation, entry: StoredEntry): Conversation {
    const read = readEntry(saved.id, entry);
    switch (read.kind) {
      case 'conversation':
        return mergeConversations(saved, this.bases.get(saved.id), read.conversation);
      case 'newer':
        throw new NewerVersionError();
      case 'unreadable':
        throw read.error;
      case 'damaged':
        throw new Error('The stored chat is damaged and can’t be moved away.');
    }
  }

  private note({ id, turns, updatedAt }: Conversation): void {
    const title = conversationTitle(turns);
    this.known.set(id, { id, title, updatedAt, ...(this.failed.has(id) ? { isUnsaved: true } : {}) });
  }
}
