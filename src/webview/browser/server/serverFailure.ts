import { fill } from '../../../protocol/chatStrings.js';
import { record, text } from '../../../protocol/shape.js';
import type { BrowserWords } from '../words/browserWords.js';

export interface ServerFailure {
  readonly message: string;
  /** The server answers only who knows its key. */
  readonly needsKey: boolean;
}

const shape = record({ error: record({ message: text }) });

/** Why a response isn't what was asked for, in words: the server's sentence, and when to try again. */
export async function serverFailure(response: Response, words: BrowserWords): Promise<ServerFailure> {
  if (response.status === 401) return { message: words.keyNeeded, needsKey: true };
  const sentence = (await sentenceOf(response)) ?? fill(words.unexpectedStatus, response.status);
  const seconds = secondsUntil(response.headers.get('retry-after'));
  const wait = seconds === undefined ? '' : fill(words.retryAfter, seconds);
  return { message: [sentence, wait].filter((part) => part !== '').join(' '), needsKey: false };
}

async function sentenceOf(response: Response): Promise<string | undefined> {
  try {
    const value: unknown = await response.json();
    if (shape(value)) return (value as { error: { message: string } }).error.message;
  } catch {
    // Not JSON: from something between page and server.
  }
  return undefined;
}

/** Reads a `Retry-After`: seconds, or a date. */
function secondsUntil(value: string | null): number | undefined {
  if (value === null) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : undefined;
}
