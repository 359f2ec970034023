import { NewerVersionError } from '../../../chatCore/conversationStore.js';
import type { BrowserWords } from '../words/browserWords.js';

/** Why the browser didn't read or write a conversation, and what to do. `undefined` where it doesn't say. */
export function storageFailure(error: unknown, words: BrowserWords): string | undefined {
  if (error instanceof NewerVersionError) return words.newerPage;
  switch (error instanceof DOMException ? error.name : '') {
    case 'VersionError':
      return words.newerPage;
    case 'QuotaExceededError':
      return words.storageFull;
    case 'TimeoutError':
      return words.storageBlocked;
    default:
      return undefined;
  }
}
