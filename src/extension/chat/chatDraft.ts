import type { Memento } from 'vscode';
import { attachmentShape, type ChatAttachment } from '../../protocol/chatTurn.js';
import { draftShape, type ChatDraftText } from '../../protocol/chatView.js';
import { list, record } from '../../protocol/shape.js';

const KEY = 'youtu.chat.draft';

interface DraftContent {
  readonly draft: ChatDraftText;
  readonly attachments: readonly ChatAttachment[];
}

const shape = record({ draft: draftShape, attachments: list(attachmentShape) });

/** The question that isn't asked yet: kept from window to window. */
export class ChatDraft {
  private content: DraftContent;

  constructor(private readonly memory: Memento) {
    const kept = memory.get<unknown>(KEY);
    this.content = shape(kept)
      ? (kept as DraftContent)
      : { draft: { text: '', revision: 0 }, attachments: [] };
  }

  get draft(): ChatDraftText {
    return this.content.draft;
  }

  get attachments(): readonly ChatAttachment[] {
    return this.content.attachments;
  }

  /** The question was asked: text and code go. */
  async clear(): Promise<void> {
    const { revision } = this.content.draft;
    await this.write({ draft: { text: '', revision: revision + 1 }, attachments: [] });
  }

  async write(change: Partial<DraftContent>): Promise<void> {
    this.content = { ...this.content, ...change };
    await this.memory.update(KEY, this.content);
  }
}
