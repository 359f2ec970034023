import type { Generation, Part } from './generation.js';
import type { CursorContext } from '../cursor/cursorContext.js';

/** Shorter ones would only flicker. */
const MIN_PART_LENGTH = 4;

/**
 * What a decoding has for a place: whole, or in part once it is due; `undefined` when it goes on otherwise than the
 * user.
 * @param when `due`: milliseconds after `started` from which on a part will do; never, if undefined
 * @throws the signal's reason; an AbortError when the text has changed meanwhile; what the decoding failed by
 */
export async function awaitPart(
  generation: Generation,
  place: CursorContext,
  { due, started }: { readonly due: number | undefined; readonly started: number },
  signal: AbortSignal,
): Promise<Part | undefined> {
  for (;;) {
    signal.throwIfAborted();
    // Ended by a change of the text: the state that is asked for is not there any more.
    generation.signal.throwIfAborted();
    generation.throwIfFailed();
    const part = generation.partFor(place);
    if (part?.isPart !== true) return part;
    const isDue = due !== undefined && performance.now() - started >= due;
    if (isDue && part.text.slice(0, part.sure).trim().length >= MIN_PART_LENGTH) return part;
    await generation.next(signal);
  }
}
