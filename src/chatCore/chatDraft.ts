import type { ChatAttachment } from '../protocol/chatTurn.js';
import type { ChatDraftText } from '../protocol/chatView.js';
import { readDraftContent, type DraftContent } from './chatSchemas.js';

/** Where the draft outlives the window. */
interface DraftStorage {
  read(): unknown;
  write(content: DraftContent): PromiseLike<void>;
}

/** The question that isn't asked yet, and the code that it will carry. */
export class ChatDraft {
  private content: DraftContent;

  /** @param storage where it is kept; by default only in memory, for a page that keeps its draft itself */
  constructor(private readonly storage?: DraftStorage) {
    this.content = readDraftContent(storage?.read()) ?? { draft: { text: '', revision: 0 }, attachments: [] };
  }

  get draft(): ChatDraftText {
    return this.content.draft;
  }

  get attachments(): readonly ChatAttachment[] {
    return this.content.attachments;
  }

  /** The question was asked: removes its text and code. */
  async clear(): Promise<void> {
    const { revision } = this.content.draft;
    await this.write({ draft: { text: '', revision: revision + 1 }, attachments: [] });
  }

  async write(change: Partial<DraftContent>): Promise<void> {
    this.content = { ...this.content, ...change };
    await this.storage?.write(this.content);
  }
}
