import assert from 'node:assert/strict';
import {
  encodeTensor,
  tensorBytes,
  toHalf,
  type GgmlType,
} from '../../../../../src/engine/model/gguf/ggmlTypes.js';
import { encodeGguf, layOut, type Gguf } from '../../../../../src/engine/model/gguf/ggufWriter.js';
import { bool, f32, i32s, text, texts, u32 } from '../../../../../src/engine/model/gguf/ggufMetadata.js';
import { readGgufHeader } from '../../../../../src/engine/model/gguf/ggufHeader.js';

describe('toHalf', () => {
  const table: [number, number][] = [
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65520, 0x7c00],
    [1e10, 0x7c00],
    [-Infinity, 0xfc00],
    [NaN, 0x7e00],
    [1 / 3, 0x3555],
    [2 ** -14, 0x0400],
    [2 ** -15, 0x0200],
    [2 ** -24, 0x0001],
    [2 ** -26, 0x0000],
    [1.9999999, 0x4000],
  ];
  for (const [value, half] of table)
    it(`writes ${Object.is(value, -0) ? '-0' : value}`, () => assert.equal(toHalf(value), half));
});

describe('encodeTensor', () => {
  const values = Float32Array.from({ length: 64 }, (_, index) => Math.sin(index) / 4);
  const half = (bytes: DataView, at: number): number => {
    const bits = bytes.getUint16(at, true);
    return (bits & 0x8000 ? -1 : 1) * (1 + (bits & 0x3ff) / 1024) * 2 ** (((bits >> 10) & 31) - 15);
  };
  /** Reads them as ggml does. */
  const decoders: Record<GgmlType, (bytes: DataView, index: number) => number> = {
    F32: (bytes, index) => bytes.getFloat32(index * 4, true),
    F16: (bytes, index) => (bytes.getUint16(index * 2, true) & 0x7fff ? half(bytes, index * 2) : 0),
    Q4_0: (bytes, index) => {
      const [block, within] = [Math.floor(index / 32) * 18, index % 32];
      const byte = bytes.getUint8(block + 2 + (within % 16));
      return ((within < 16 ? byte & 15 : byte >> 4) - 8) * half(bytes, block);
    },
    Q8_0: (bytes, index) => {
      const block = Math.floor(index / 32) * 34;
      return bytes.getInt8(block + 2 + (index % 32)) * half(bytes, block);
    },
  };
  const precision: Record<GgmlType, number> = { F32: 0, F16: 2e-4, Q8_0: 2e-3, Q4_0: 0.035 };

  for (const type of ['F32', 'F16', 'Q8_0', 'Q4_0'] as const)
    it(`writes ${type} with the expected precision`, () => {
      const bytes = encodeTensor(type, values);
      assert.equal(bytes.length, tensorBytes(type, [32, 2]));
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      values.forEach((value, index) => {
        const error = Math.abs(decoders[type](view, index) - value);
        assert.ok(error <= precision[type], `${index}: off by ${error}`);
      });
    });

  it('rejects rows that aren’t a multiple of the block size', () =>
    assert.throws(() => tensorBytes('Q4_0', [33, 2]), /multiple/));
});

describe('a written GGUF', () => {
  const gguf = (alignment: number): Gguf => ({
    metadata: {
      'general.architecture': text('llama'),
      'general.alignment': u32(alignment),
      'llama.context_length': u32(77),
      'tokenizer.chat_template': text('模板'),
      a: bool(true),
      b: f32(0.5),
      c: texts(['x', '', 'ÿ']),
      d: i32s([-1, 2]),
    },
    tensors: [3, 40, 5].map((length, index) => ({
      name: `t${index}`,
      shape: [length],
      type: 'F32',
      data: () => [encodeTensor('F32', new Float32Array(length).fill(index + 1))],
    })),
  });

  for (const alignment of [32, 64]) {
    it(`can be read by the engine, aligned to ${alignment}`, () => {
      const bytes = encodeGguf(gguf(alignment));
      const header = readGgufHeader(bytes, bytes.length);
      assert.equal(header.architecture, 'llama');
      assert.equal(header.contextTokens, 77);
      assert.equal(header.hasChatTemplate, true);
      assert.equal(header.neededBytes, bytes.length - (alignment - 5 * 4));
    });

    it(`aligns each tensor to ${alignment}`, () => {
      const bytes = encodeGguf(gguf(alignment));
      layOut(gguf(alignment)).offsets.forEach((offset, index) => {
        assert.equal(offset % alignment, 0);
        assert.equal(bytes.readFloatLE(offset), index + 1);
      });
    });
  }

  it('names a tensor whose bytes don’t match its shape', () => {
    const wrong = { name: 'odd', shape: [4], type: 'F32', data: () => [new Uint8Array(3)] } as const;
    assert.throws(() => encodeGguf({ metadata: {}, tensors: [wrong] }), /odd: 3 bytes instead of 16/);
  });
});
