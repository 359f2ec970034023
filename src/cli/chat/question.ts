import type { ChatMessage, ChatParams } from '../../protocol/chat.js';
import { systemCode } from '../../engine/systemCode.js';
import { InputError } from '../errors.js';
import { decodeText, MAX_TEXT_BYTES } from '../source/textEncoding.js';
import type { ReadOptions } from '../terminal/standardInput.js';
import type { Terminal } from '../terminal/terminal.js';

/** When a note says what the command waits for, and when it goes on without an input that stays silent. */
export interface WaitTimes {
  readonly noteMs: number;
  readonly firstByteMs: number;
}

/** Ten seconds: time for the first line of a build or of a test run. */
const WAIT_TIMES: WaitTimes = { noteMs: 3000, firstByteMs: 10_000 };

export interface PipeUse {
  /** The input is an addition to a question, which can be answered without it. */
  readonly isOptional: boolean;
  /** `--stdin` and `--no-stdin`. */
  readonly stdin: boolean | undefined;
}

/**
 * The text that is piped into the command. Programs and shell loops that start this one often pass on an input of
 * their own, which never ends: it isn't waited for where there is a question already.
 * @returns `undefined` when the input is a terminal, or isn't for this command
 * @throws InputError when it isn't text or too long; the signal's reason
 */
export async function pipedText(
  terminal: Pick<Terminal, 'inputKind' | 'readPipe' | 'writeNote'>,
  signal: AbortSignal,
  { isOptional, stdin }: PipeUse,
  { noteMs, firstByteMs }: WaitTimes = WAIT_TIMES,
): Promise<string | undefined> {
  const kind = stdin === false ? 'terminal' : terminal.inputKind;
  if (kind === 'terminal') return undefined;
  const mayGoOn = isOptional && stdin === undefined;
  if (mayGoOn && kind === 'shared') {
    terminal.writeNote(
      'Standard input is not used: another command, such as a shell loop, has read a part of it. To use the rest, add --stdin.\n',
    );
    return undefined;
  }
  const waysOn = isOptional ? ' To answer without it, add --no-stdin or < /dev/null.' : '';
  const timer = setTimeout(
    () => terminal.writeNote(`Reading standard input until it ends …${waysOn}\n`),
    noteMs,
  );
  const options = { limitBytes: MAX_TEXT_BYTES, signal, ...(mayGoOn ? { firstByteMs } : {}) };
  const otherwise = mayGoOn ? 'the question is answered without it. To pass text, pipe it in.' : undefined;
  const bytes = await readableInput(terminal, options, otherwise).finally(() => clearTimeout(timer));
  if (bytes === 'unreadable') return undefined;
  if (bytes === undefined) {
    terminal.writeNote(
      `Nothing came from standard input within ${firstByteMs / 1000} s, so the question is answered without it. To wait for it, add --stdin.\n`,
    );
    return undefined;
  }
  if (bytes.length > MAX_TEXT_BYTES)
    throw new InputError(
      `More than ${MAX_TEXT_BYTES / 1024 / 1024} MB were piped in, which is more than any model can read.`,
    );
  return decodeText(bytes, 'The piped input').text;
}

/**
 * Reads an input that may be open for writing only, as programs pass one on.
 * @param otherwise how the command goes on without it, after "so"; left out: it can't
 * @returns `unreadable` where the command can do without it
 * @throws InputError; the signal's reason
 */
export async function readableInput(
  terminal: Pick<Terminal, 'readPipe' | 'writeNote'>,
  options: ReadOptions,
  otherwise?: string,
): Promise<Uint8Array | 'unreadable' | undefined> {
  try {
    return await terminal.readPipe(options);
  } catch (error) {
    const code = systemCode(error);
    if (options.signal.aborted || code === undefined) throw error;
    const what = `Standard input can't be read (${code})`;
    if (otherwise === undefined) throw new InputError(`${what}. Pipe text in, or pass a file with < FILE.`);
    terminal.writeNote(`${what}, so ${otherwise}\n`);
    return 'unreadable';
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
