import type { Conversation } from './conversation.js';
import type { ConversationArea, StoredEntry } from './conversationArea.js';
import { readEntry } from './storedConversation.js';

/** An entry that couldn't be read: damaged and moved to `movedTo`, or left where it is. */
export interface EntryProblem {
  readonly id: string;
  readonly movedTo?: string;
  readonly error?: unknown;
}

/** A conversation that only a newer version can open. */
interface NewerConversation {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: number;
}

interface Conversations {
  readonly conversations: readonly Conversation[];
  readonly newer: readonly NewerConversation[];
}

/** Reads an area's conversations. What can't be read is reported once, and never keeps the others from being read. */
export class ConversationReader {
  private readonly reported = new Set<string>();

  constructor(
    private readonly area: ConversationArea,
    private readonly onUnreadable: (problems: readonly EntryProblem[]) => void,
  ) {}

  async readAll(): Promise<Conversations> {
    return this.checked(await this.area.readAll());
  }

  /** Resolves to `undefined` when there is none that this version can read. */
  async read(id: string): Promise<Conversation | undefined> {
    const entry = await this.area.read(id);
    return entry && (await this.checked(new Map([[id, entry]]))).conversations[0];
  }

  /** Moves a damaged entry away, so that a conversation can be stored in its place. */
  async makeRoom(id: string): Promise<void> {
    const entry = await this.area.read(id);
    if (entry !== undefined && readEntry(id, entry).kind === 'damaged')
      this.report([await this.setAside(id)]);
  }

  private async checked(entries: ReadonlyMap<string, StoredEntry>): Promise<Conversations> {
    const conversations: Conversation[] = [];
    const newer: NewerConversation[] = [];
    const problems: EntryProblem[] = [];
    for (const [id, entry] of entries) {
      const read = readEntry(id, entry);
      switch (read.kind) {
        case 'conversation':
          conversations.push(read.conversation);
          break;
        case 'newer':
          newer.push({ id, title: read.title, updatedAt: read.updatedAt });
          break;
        case 'damaged':
          problems.push(await this.setAside(id));
          break;
        case 'unreadable':
          problems.push({ id, error: read.error });
      }
    }
    this.report(problems);
    return { conversations, newer };
  }

  private async setAside(id: string): Promise<EntryProblem> {
    try {
      return { id, movedTo: await this.area.setAside(id) };
    } catch (error) {
      // Such as in a folder that is read-only.
      return { id, error };
    }
  }

  private report(problems: readonly EntryProblem[]): void {
    const fresh = problems.filter(({ id, movedTo }) => movedTo !== undefined || !this.reported.has(id));
    for (const { id } of fresh) this.reported.add(id);
    if (fresh.length > 0) this.onUnreadable(fresh);
  }
}
