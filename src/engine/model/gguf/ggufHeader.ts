import { GgufBytes, GgufProblem } from './ggufBytes.js';
import { MAX_PARTS } from './modelParts.js';

/** What a GGUF's header says of the file and the model. */
export interface GgufHeader {
  /** Empty in the later parts of a split model: llama.cpp's tool writes it into the first one only. */
  readonly architecture: string;
  /** Positions that the model was trained on; 0 when the header doesn't say. */
  readonly contextTokens: number;
  readonly hasChatTemplate: boolean;
  /** Tensors in this file. */
  readonly tensorCount: number;
  /** Absent when the model is in one file. */
  readonly part?: ModelPart;
  /** Bytes that this file must have for all its tensors. */
  readonly neededBytes: number;
}

/** Which part of a split model a file is, from its keys `split.*`. */
export interface ModelPart {
  /** From 0. */
  readonly index: number;
  readonly count: number;
  /** Tensors in all parts; 0 when the header doesn't say. */
  readonly totalTensors: number;
}

/** Bytes of the metadata's fixed-size values, by type number. */
const VALUE_BYTES: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const SIGNED_INTEGERS = [1, 3, 5, 11];
const UNSIGNED_INTEGERS = [0, 2, 4, 10];
const STRING = 8;
const ARRAY = 9;

// Far more than any model has: beyond these the file is damaged.
const MAX_KEYS = 65_536;
const MAX_TENSORS = 1_048_576;
const MAX_DIMENSIONS = 4;
const DEEPEST_ARRAY = 4;
const MAX_TEXTS = 4_194_304;
const MAX_FILE_SIZE = 2 ** 44;
const MAX_ALIGNMENT = 2 ** 20;

type Metadata = Map<string, number | string>;
type ListLengths = Map<string, number>;

/**
 * Reads a header, by hand: node-llama-cpp's reader believes every count that a damaged file claims.
 * @param bytes of a file that {@link foreignFormat} takes for a GGUF
 * @throws GgufProblem, or MoreBytesNeeded when `bytes` is only the header's beginning
 */
export function readGgufHeader(bytes: Buffer, fileSize: number): GgufHeader {
  const reader = new GgufBytes(bytes, fileSize);
  reader.skip(4, 1);
  const version = reader.u32();
  if (version < 2 || version > 3) throw new GgufProblem('damaged', `GGUF version ${version}`);
  const tensorCount = reader.u64();
  const keyCount = reader.u64();
  if (tensorCount > MAX_TENSORS || keyCount > MAX_KEYS)
    throw new GgufProblem('damaged', `${tensorCount} tensors and ${keyCount} keys`);
  const listLengths: ListLengths = new Map();
  const metadata = readMetadata(reader, keyCount, listLengths);
  const part = partOf(metadata);
  const architecture = metadata.get('general.architecture') ?? '';
  if (typeof architecture !== 'string' || (architecture === '' && (part?.index ?? 0) === 0))
    throw new GgufProblem('damaged', 'no architecture is named');
  const tensorNames: string[] = [];
  const alignment = alignmentOf(metadata);
  const tensorBytes = readTensors(reader, tensorCount, alignment, tensorNames);
  checkPlausibility({ architecture, metadata, listLengths, tensorNames });
  return {
    architecture,
    contextTokens: numberOf(metadata, `${architecture}.context_length`, 0),
    hasChatTemplate: metadata.has('tokenizer.chat_template'),
    tensorCount,
    ...(part === undefined ? {} : { part }),
    neededBytes: tensorCount === 0 ? reader.position : aligned(reader.position, alignment) + tensorBytes,
  };
}

function readMetadata(reader: GgufBytes, count: number, listLengths: ListLengths): Metadata {
  const metadata: Metadata = new Map();
  for (let index = 0; index < count; index++) {
    const key = reader.string(65_535);
    const type = reader.u32();
    const isSigned = SIGNED_INTEGERS.includes(type);
    if (isSigned || UNSIGNED_INTEGERS.includes(type))
      metadata.set(key, reader.integer(VALUE_BYTES[type] ?? 0, isSigned));
    else if (type === STRING) metadata.set(key, reader.string());
    else if (type === ARRAY) listLengths.set(key, skipArray(reader, 0));
    else skipValue(reader, type, 0);
  }
  return metadata;
}

function partOf(metadata: Metadata): ModelPart | undefined {
  const count = numberOf(metadata, 'split.count', 1);
  const index = numberOf(metadata, 'split.no', 0);
  if (count < 0 || count > MAX_PARTS || index < 0 || index >= Math.max(1, count))
    throw new GgufProblem('damaged', `part ${index + 1} of ${count}`);
  if (count <= 1) return undefined;
  return { index, count, totalTensors: numberOf(metadata, 'split.tensors.count', 0) };
}

function skipValue(reader: GgufBytes, type: number, depth: number): void {
  const size = VALUE_BYTES[type];
  if (size !== undefined) reader.skip(1, size);
  else if (type === STRING) reader.skip(reader.u64(), 1);
  else if (type === ARRAY && depth < DEEPEST_ARRAY) skipArray(reader, depth);
  else throw new GgufProblem('damaged', `a value of type ${type}`);
}

/** @returns the list's length */
function skipArray(reader: GgufBytes, depth: number): number {
  const type = reader.u32();
  const count = reader.u64();
  const size = VALUE_BYTES[type];
  if (size === undefined && count > MAX_TEXTS) throw new GgufProblem('damaged', `a list of ${count} texts`);
  if (size !== undefined) reader.skip(count, size);
  else for (let index = 0; index < count; index++) skipValue(reader, type, depth + 1);
  return count;
}

/** @returns where the last tensor ends, counted from the first */
function readTensors(reader: GgufBytes, count: number, alignment: number, names: string[]): number {
  let end = 0;
  let last = -1;
  for (let index = 0; index < count; index++) {
    const name = reader.string(65_535);
    names.push(name);
    const dimensions = reader.u32();
    if (dimensions > MAX_DIMENSIONS) throw new GgufProblem('damaged', `a tensor of ${dimensions} dimensions`);
    let elements = 1;
    for (let dimension = 0; dimension < dimensions; dimension++) elements *= reader.u64();
    if (elements === 0) throw new GgufProblem('damaged', `an empty tensor ${name}`);
    const type = reader.u32();
    const offset = reader.u64();
    // They lie one after another. How long each is, only llama.cpp knows of all types.
    if (offset % alignment !== 0 || offset <= last)
      throw new GgufProblem('damaged', `a tensor ${name} at byte ${offset}`);
    last = offset;
    const [blockElements, blockBytes] = TENSOR_BLOCKS[type] ?? [1, 0];
    end = Math.max(end, offset + Math.ceil(elements / blockElements) * blockBytes);
    if (end > MAX_FILE_SIZE) throw new GgufProblem('damaged', `a tensor that ends at byte ${end}`);
  }
  return end;
}

function alignmentOf(metadata: Metadata): number {
  const alignment = numberOf(metadata, 'general.alignment', 32);
  if (alignment < 1 || alignment > MAX_ALIGNMENT)
    throw new GgufProblem('damaged', `an alignment of ${alignment}`);
  return alignment;
}

function aligned(position: number, alignment: number): number {
  return Math.ceil(position / alignment) * alignment;
}

function numberOf(metadata: Metadata, key: string, otherwise: number): number {
  const value = metadata.get(key);
  return typeof value === 'number' ? value : otherwise;
}

/**
 * How llama.cpp stores tensors, by the type's number: elements and bytes of one block. Types that aren't listed
 * are newer than this table; their tensors' sizes are left to llama.cpp.
 */
export const TENSOR_BLOCKS: Readonly<Record<number, readonly [elements: number, bytes: number]>> = {
  0: [1, 4], // F32
  1: [1, 2], // F16
  2: [32, 18], // Q4_0
  3: [32, 20], // Q4_1
  6: [32, 22], // Q5_0
  7: [32, 24], // Q5_1
  8: [32, 34], // Q8_0
  9: [32, 36], // Q8_1
  10: [256, 84], // Q2_K
  11: [256, 110], // Q3_K
  12: [256, 144], // Q4_K
  13: [256, 176], // Q5_K
  14: [256, 210], // Q6_K
  15: [256, 292], // Q8_K
  16: [256, 66], // IQ2_XXS
  17: [256, 74], // IQ2_XS
  18: [256, 98], // IQ3_XXS
  19: [256, 50], // IQ1_S
  20: [32, 18], // IQ4_NL
  21: [256, 110], // IQ3_S
  22: [256, 82], // IQ2_S
  23: [256, 136], // IQ4_XS
  24: [1, 1], // I8
  25: [1, 2], // I16
  26: [1, 4], // I32
  27: [1, 8], // I64
  28: [1, 8], // F64
  29: [256, 56], // IQ1_M
  30: [1, 2], // BF16
  34: [256, 54], // TQ1_0
  35: [256, 66], // TQ2_0
  39: [32, 17], // MXFP4
};

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
  const requireRange = (key: string, min: number, max: number): void => {
    const value = metadata.get(key);
    if (typeof value === 'number' && (value < min || value > max))
      throw new GgufProblem('damaged', `${key} is ${value}`);
  };
  requireRange(`${architecture}.block_count`, 1, MAX_LAYERS);
  requireRange(`${architecture}.context_length`, 1, Infinity);
  // Models without attention say 0 and mean it.
  if (tensorNames.some((name) => /\.attn_(?:q|k|qkv|q_a)\.weight$/.test(name))) {
    requireRange(`${architecture}.attention.head_count`, 1, Infinity);
    requireRange(`${architecture}.attention.head_count_kv`, 1, Infinity);
  }
  if (listLengths.get('tokenizer.ggml.tokens') === 0) throw new GgufProblem('damaged', 'an empty vocabulary');
}
