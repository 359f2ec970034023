import type { Memento } from 'vscode';
import { attachmentShape, type ChatAttachment } from '../../protocol/chatTurn.js';
import { list, record, text } from '../../protocol/shape.js';

const KEY = 'youtu.chat.draft';

interface DraftContent {
  readonly text: string;
  readonly attachments: readonly ChatAttachment[];
}

const shape = record({ text, attachments: list(attachmentShape) });

/** The question that isn't asked yet: kept from window to window. */
export class ChatDraft {
  private content: DraftContent;

  constructor(private readonly memory: Memento) {
    const kept = memory.get<unknown>(KEY);
    this.content = shape(kept) ? (kept as DraftContent) : { text: '', attachments: [] };
  }

  get text(): string {
    return this.content.text;
  }

  get attachments(): readonly ChatAttachment[] {
    return this.content.attachments;
  }

  async write(change: Partial<DraftContent>): Promise<void> {
    this.content = { ...this.content, ...change };
    await this.memory.update(KEY, this.content);
  }
}
