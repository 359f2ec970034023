import type { Conversation } from '../../../../src/chatCore/conversation.js';
import type { ConversationArea } from '../../../../src/chatCore/conversationArea.js';
import type { ChatTurn } from '../../../../src/protocol/chatTurn.js';

export interface OpenedArea {
  readonly area: ConversationArea;
  /** Writes an entry as another program could, valid or not. */
  put(id: string, value: Readonly<Record<string, unknown>>): Promise<void>;
}

export const conversation = (id: string, text: string, updatedAt = 5): Conversation => ({
  id,
  createdAt: 1,
  updatedAt,
  turns: [
    { role: 'user', id: 'q', text, attachments: [] },
    { role: 'assistant', id: 'a', text: 'Yes.', thinking: '', state: 'done' },
  ],
});

/** A question and its answer. */
export const pair = (name: string, text: string): readonly ChatTurn[] => [
  { role: 'user', id: `q-${name}`, text, attachments: [] },
  { role: 'assistant', id: `a-${name}`, text: 'Yes.', thinking: '', state: 'done' },
];
export const grown = (kept: Conversation, more: readonly ChatTurn[], updatedAt = 6): Conversation => ({
  ...kept,
  updatedAt,
  turns: [...kept.turns, ...more],
});
export const questions = (kept: Conversation | undefined): string[] =>
  (kept?.turns ?? []).filter(({ role }) => role === 'user').map(({ text }) => text);
/** As a later version could store it. */
export const NEWER = {
  version: '2',
  id: 'new',
  updatedAt: 7,
  turns: [
    { role: 'user', text: 'From later', pictures: [] },
    { role: 'tool', text: 'x' },
  ],
};
