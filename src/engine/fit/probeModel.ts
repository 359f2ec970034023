import { GGML_TYPES, tensorBytes, toHalf } from '../model/gguf/ggmlTypes.js';
import { bool, f32, i32s, text, texts, u32, type Metadata } from '../model/gguf/ggufMetadata.js';
import type { Gguf, Tensor } from '../model/gguf/ggufWriter.js';

/** Widths of a small coder, and layers enough that the weights don't fit into a processor's cache. */
const WIDTH = 1024;
const FEED_FORWARD = 4096;
const LAYERS = 8;
const HEADS = 16;
const CONTEXT_TOKENS = 1024;
/** Each byte is a token: texts don't matter here. */
const VOCABULARY = 256;

/**
 * A model made of arbitrary numbers, to measure a machine with that has none yet: it writes nonsense, at the speed of
 * a real one of its size.
 */
export function probeModel(): Gguf {
  return {
    metadata: {
      'general.architecture': text('llama'),
      'general.name': text('speed probe'),
      'llama.block_count': u32(LAYERS),
      'llama.context_length': u32(CONTEXT_TOKENS),
      'llama.embedding_length': u32(WIDTH),
      'llama.feed_forward_length': u32(FEED_FORWARD),
      'llama.attention.head_count': u32(HEADS),
      'llama.attention.head_count_kv': u32(HEADS / 4),
      'llama.attention.layer_norm_rms_epsilon': f32(1e-6),
      'llama.rope.freq_base': f32(10_000),
      'llama.vocab_size': u32(VOCABULARY),
      ...tokenizer(),
    },
    tensors: [
      matrix('token_embd.weight', WIDTH, VOCABULARY),
      ...Array.from({ length: LAYERS }, (_, layer) => layerTensors(`blk.${layer}.`)).flat(),
      norm('output_norm.weight'),
    ],
  };
}

/** Bytes of its weights. */
export const PROBE_BYTES = probeModel().tensors.reduce(
  (sum, { type, shape }) => sum + tensorBytes(type, shape),
  0,
);

function layerTensors(prefix: string): readonly Tensor[] {
  const matrices: readonly (readonly [string, number, number])[] = [
    ['attn_q', WIDTH, WIDTH],
    ['attn_k', WIDTH, WIDTH / 4],
    ['attn_v', WIDTH, WIDTH / 4],
    ['attn_output', WIDTH, WIDTH],
    ['ffn_gate', WIDTH, FEED_FORWARD],
    ['ffn_up', WIDTH, FEED_FORWARD],
    ['ffn_down', FEED_FORWARD, WIDTH],
  ];
  return [
    norm(`${prefix}attn_norm.weight`),
    norm(`${prefix}ffn_norm.weight`),
    ...matrices.map(([part, inputs, outputs]) => matrix(`${prefix}${part}.weight`, inputs, outputs)),
  ];
}

function norm(name: string): Tensor {
  return {
    name,
    shape: [WIDTH],
    type: 'F32',
    data: () => [new Uint8Array(new Float32Array(WIDTH).fill(1).buffer)],
  };
}

/** Q8_0: no processor has a faster form of it, so what is measured is close to what mixed files take. */
function matrix(name: string, inputs: number, outputs: number): Tensor {
  const shape = [inputs, outputs];
  const row = (inputs / GGML_TYPES.Q8_0.blockValues) * GGML_TYPES.Q8_0.blockBytes;
  return {
    name,
    shape,
    type: 'Q8_0',
    // In one piece: a write for each row would take longer than the measurement.
    data: () => [patternBytes(row * outputs)],
  };
}

function patternBytes(length: number): Uint8Array {
  const { blockBytes } = GGML_TYPES.Q8_0;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < length; at += blockBytes) {
    view.setUint16(at, toHalf(1 / 4096), true);
    for (let byte = 2; byte < blockBytes; byte++) bytes[at + byte] = (at * 31 + byte * 97) & 0xff;
  }
  return bytes;
}

function tokenizer(): Metadata {
  const tokens = Array.from(
    { length: VOCABULARY },
    (_, byte) => `<0x${byte.toString(16).padStart(2, '0').toUpperCase()}>`,
  );
  return {
    'tokenizer.ggml.model': text('llama'),
    'tokenizer.ggml.tokens': texts(tokens),
    'tokenizer.ggml.scores': { type: 'array', of: 'float32', value: tokens.map(() => 0) },
    'tokenizer.ggml.token_type': i32s(tokens.map(() => 6)),
    'tokenizer.ggml.add_bos_token': bool(false),
    'tokenizer.ggml.eos_token_id': u32(0),
  };
}
