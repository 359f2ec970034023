/** Standard input, which may be meant for another program: a pipe that is never closed, a list that a shell loop reads. */
import { fstatSync, readFileSync } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';

export interface ReadOptions {
  /** Reading ends after more than these. */
  readonly limitBytes: number;
  readonly signal: AbortSignal;
  /** How long the first byte, or the end, is waited for; left out: without end. */
  readonly firstByteMs?: number;
}

/**
 * Reads a stream to its end.
 * @returns `undefined` when nothing came in time
 * @throws the signal's reason
 */
export async function readToEnd(
  stream: Readable,
  { limitBytes, signal, firstByteMs }: ReadOptions,
): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  const silence = new Error('nothing came in time');
  const timer =
    firstByteMs === undefined ? undefined : setTimeout(() => stream.destroy(silence), firstByteMs);
  try {
    for await (const piece of addAbortSignal(signal, stream)) {
      clearTimeout(timer);
      pieces.push(piece as Buffer);
      size += (piece as Buffer).length;
      if (size > limitBytes) break;
    }
    return Buffer.concat(pieces);
  } catch (error) {
    if (error === silence) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Whether standard input is a file of which another program has read a part, as in
 * `while read -r line; do youtu chat "…$line"; done < list.txt`: the rest is that loop's, not this command's.
 */
export function isPartlyRead(): boolean {
  // Node has no call for a file's offset. Where there is no such folder, the loop needs --no-stdin.
  if (process.platform !== 'linux' || !fstatSync(0).isFile()) return false;
  return Number(/^pos:\s*(\d+)$/m.exec(readFileSync('/proc/self/fdinfo/0', 'utf8'))?.[1] ?? 0) > 0;
}
