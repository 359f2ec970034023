import { GgufProblem } from './ggufBytes.js';

/** What of a header decides whether llama.cpp can be trusted with the file. */
export interface ModelNumbers {
  readonly architecture: string;
  readonly metadata: ReadonlyMap<string, number | string>;
  /** Lengths of the metadata's lists. */
  readonly listLengths: ReadonlyMap<string, number>;
  readonly tensorNames: readonly string[];
}

/** llama.cpp's LLAMA_MAX_LAYERS. */
const MAX_LAYERS = 512;

/**
 * llama.cpp refuses most of what it can't use, but it aborts the whole process where one of these is nonsense (an
 * assertion of its own).
 * @throws GgufProblem
 */
export function checkPlausibility({ architecture, metadata, listLengths, tensorNames }: ModelNumbers): void {
  const insist = (key: string, least: number, most: number): void => {
    const value = metadata.get(key);
    if (typeof value === 'number' && (value < least || value > most))
      throw new GgufProblem('damaged', `${key} is ${value}`);
  };
  insist(`${architecture}.block_count`, 1, MAX_LAYERS);
  insist(`${architecture}.context_length`, 1, Infinity);
  // Models without attention say 0 and mean it.
  if (tensorNames.some((name) => /\.attn_(?:q|k|qkv|q_a)\.weight$/.test(name))) {
    insist(`${architecture}.attention.head_count`, 1, Infinity);
    insist(`${architecture}.attention.head_count_kv`, 1, Infinity);
  }
  if (listLengths.get('tokenizer.ggml.tokens') === 0) throw new GgufProblem('damaged', 'an empty vocabulary');
}
