import { InputError } from '../inputError.js';
import type { Terminal } from '../terminal.js';

/** No context holds as much; and a pipe may have no end. */
const MAX_BYTES = 16 * 1024 * 1024;
/** After so long somebody wonders what it waits for. */
const PATIENCE_MS = 3000;

/**
 * The text that is piped into the command.
 * @returns `undefined` where a person sits at the input
 * @throws InputError when it isn't text, or far too much; the signal's reason
 */
export async function pipedText(
  terminal: Pick<Terminal, 'readPipe' | 'writeNote'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const timer = setTimeout(() => terminal.writeNote('Reading standard input until it ends …\n'), PATIENCE_MS);
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
