import { readConversation as readKept, type Conversation } from '../../protocol/keptConversation.js';

const VERSION = '1';

/** A conversation as it lies on disk. */
export function writeConversation(conversation: Conversation): string {
  return `${JSON.stringify({ version: VERSION, ...conversation }, undefined, 1)}\n`;
}

/**
 * Reads it back.
 * @returns `undefined` for a file that isn't a conversation, or only a part of one
 */
export function readConversation(content: string): Conversation | undefined {
  try {
    const value = JSON.parse(content) as { readonly version?: unknown } | null;
    return value?.version === VERSION ? readKept(value) : undefined;
  } catch {
    return undefined;
  }
}
