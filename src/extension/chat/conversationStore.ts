import type { Conversation } from '../../protocol/keptConversation.js';
import { readConversation, writeConversation } from './conversationFile.js';
import { conversationTitle } from '../../protocol/conversationTitle.js';
import type { FileArea } from './fileArea.js';

/** What a killed window loses at most. */
const SAVE_AFTER_MS = 500;

export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: number;
}

export interface StoreEvents {
  /** A file couldn't be read and was put aside under `name`. */
  readonly onDamaged: (name: string) => void;
  readonly onSaveFailed: (error: unknown) => void;
}

/**
 * Keeps each conversation in a JSON file of its own. A file is written beside the old one and then takes its place,
 * so that a window that is killed meanwhile leaves a whole file.
 */
export class ConversationStore {
  private readonly unsaved = new Map<string, Conversation>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly files: FileArea,
    private readonly events: StoreEvents,
    private readonly saveAfterMs: number = SAVE_AFTER_MS,
  ) {}

  /** Saves soon: while an answer streams, twice a second is enough. An empty conversation isn't kept. */
  save(conversation: Conversation): void {
    if (conversation.turns.length === 0) return;
    this.unsaved.set(conversation.id, conversation);
    this.timer ??= setTimeout(() => void this.flush(), this.saveAfterMs);
  }

  /** Saves now; resolves when everything is on disk or has failed. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const all = [...this.unsaved.values()];
    this.unsaved.clear();
    this.writing = this.writing.then(async () => {
      for (const conversation of all) await this.write(conversation);
    });
    return this.writing;
  }

  /** @returns `undefined` when there is none, or its file is damaged; that is put aside then */
  async load(id: string): Promise<Conversation | undefined> {
    await this.flush();
    return this.read(nameOf(id));
  }

  /** All that are kept, the newest first. */
  async list(): Promise<readonly ConversationSummary[]> {
    await this.flush();
    const names = (await this.files.list()).filter((name) => name.endsWith('.json'));
    const all = await Promise.all(names.map((name) => this.read(name)));
    return all
      .filter((conversation) => conversation !== undefined)
      .map(({ id, turns, updatedAt }) => ({ id, title: conversationTitle(turns), updatedAt }))
      .sort((a, b) => b.updatedAt - a.updatedAt);
  }

  async remove(id: string): Promise<void> {
    this.unsaved.delete(id);
    await this.flush();
    if ((await this.files.list()).includes(nameOf(id))) await this.files.delete(nameOf(id));
  }

  private async read(name: string): Promise<Conversation | undefined> {
    const content = await this.files.read(name);
    if (content === undefined) return undefined;
    const conversation = readConversation(content);
    // A file under a wrong name would be saved under another one next time, and be there twice.
    if (conversation !== undefined && nameOf(conversation.id) === name) return conversation;
    const aside = name.replace(/\.json$/, `.damaged-${Date.now()}`);
    await this.files.rename(name, aside);
    this.events.onDamaged(aside);
    return undefined;
  }

  private async write(conversation: Conversation): Promise<void> {
    const name = nameOf(conversation.id);
    try {
      await this.files.write(`${name}.new`, writeConversation(conversation));
      await this.files.rename(`${name}.new`, name);
    } catch (error) {
      this.events.onSaveFailed(error);
    }
  }
}

function nameOf(id: string): string {
  return `${id}.json`;
}
