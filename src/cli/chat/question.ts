import type { ChatMessage, ChatParams } from '../../protocol/chat.js';
import { InputError } from '../errors.js';
import type { Terminal } from '../terminal/terminal.js';

/** More than any context holds; a pipe may never end. */
const MAX_BYTES = 16 * 1024 * 1024;
/** After this time a note says that the command waits for its input. */
const NOTE_AFTER_MS = 3000;

/**
 * The text that is piped into the command.
 * @returns `undefined` when the input is a terminal
 * @throws InputError when it isn't text or too long; the signal's reason
 */
export async function pipedText(
  terminal: Pick<Terminal, 'readPipe' | 'writeNote'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const timer = setTimeout(
    () => terminal.writeNote('Reading standard input until it ends …\n'),
    NOTE_AFTER_MS,
  );
  const bytes = await terminal.readPipe(MAX_BYTES, signal).finally(() => clearTimeout(timer));
  if (bytes === undefined) return undefined;
  if (bytes.length > MAX_BYTES)
    throw new InputError(
      `More than ${MAX_BYTES / 1024 / 1024} MB were piped in, which is more than any model can read.`,
    );
  return decoded(bytes);
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(
      'The piped input is not UTF-8 text. Convert it first, for example with iconv -f latin1 -t utf-8.',
    );
  }
}

/** Options for all questions of a command. */
export interface AnswerOptions {
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly system?: string;
}

/** The question with the piped text after it; `undefined` when there is neither. */
export function questionText(prompt: string | undefined, piped: string | undefined): string | undefined {
  const parts = [prompt, piped].filter((part) => part !== undefined && part.trim() !== '');
  return parts.length === 0 ? undefined : parts.join('\n\n');
}

/** A conversation as parameters of the chat service. */
export function chatParams(
  messages: readonly ChatMessage[],
  { maxTokens, temperature, system }: AnswerOptions,
): ChatParams {
  return {
    messages: [...(system === undefined ? [] : [{ role: 'system' as const, content: system }]), ...messages],
    // Not used: progress is reported by a callback.
    progressToken: 'terminal',
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
  };
}
