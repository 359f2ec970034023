import { setImmediate } from 'node:timers/promises';
import type { ParseOptions, Parser, Tree } from '@vscode/tree-sitter-wasm';

/** How long a slice keeps the process from anything else, such as handing on a token. */
const SLICE_MS = 8;

/**
 * Parses in slices, between which the process does other things.
 * @param parser used by nobody else meanwhile
 * @throws the signal's reason when aborted
 */
export async function parseInSlices(parser: Parser, text: string, signal?: AbortSignal): Promise<Tree> {
  for (;;) {
    signal?.throwIfAborted();
    // Called again, the parser goes on where it was stopped.
    const tree = parseWithin(parser, text, undefined, SLICE_MS);
    if (tree !== undefined) return tree;
    await setImmediate();
  }
}

/**
 * @param before tree of the text before its last edit, which it has been told
 * @returns `undefined` when the time was too short; the parser then goes on there, unless it is reset
 */
export function parseWithin(
  parser: Parser,
  text: string,
  before: Tree | undefined,
  milliseconds: number,
): Tree | undefined {
  const end = performance.now() + milliseconds;
  // It's declared as returning nothing, yet what it returns is what stops the parser.
  const options: ParseOptions = { progressCallback: () => performance.now() > end };
  return parser.parse(text, before ?? null, options) ?? undefined;
}
