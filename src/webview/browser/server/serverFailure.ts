import * as z from 'zod/mini';
import type { FailureStep } from '../../../chatCore/chatSession.js';
import { fill } from '../../../protocol/chatStrings.js';
import type { BrowserWords } from '../words/browserWords.js';

interface ServerFailure {
  readonly message: string;
  /** To enter a key, where the server requires one. */
  readonly actions: readonly FailureStep[];
}

const errorReply = z.looseObject({ error: z.looseObject({ message: z.string() }) });

/** Reads a response that isn't an answer: the server's sentence, and when to try again. */
export async function serverFailure(response: Response, words: BrowserWords): Promise<ServerFailure> {
  if (response.status === 401) return { message: words.keyNeeded, actions: [{ title: words.enterKey }] };
  const sentence = (await sentenceOf(response)) ?? fill(words.unexpectedStatus, response.status);
  const seconds = secondsUntil(response.headers.get('retry-after'));
  const wait = seconds === undefined ? '' : fill(words.retryAfter, seconds);
  return { message: [sentence, wait].filter((part) => part !== '').join(' '), actions: [] };
}

async function sentenceOf(response: Response): Promise<string | undefined> {
  try {
    return errorReply.safeParse(await response.json()).data?.error.message;
  } catch {
    // Not JSON: from a proxy between page and server.
    return undefined;
  }
}

/** Reads a `Retry-After`: seconds, or a date. */
function secondsUntil(value: string | null): number | undefined {
  if (value === null) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : undefined;
}
