import { createHash } from 'node:crypto';
import type { CatalogueModel, WheelPart } from '../../../../../src/engine/catalogue/catalogue.js';

/** Pseudo-random bytes, the same in each run. */
export function sampleBytes(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 16;
  }
  return bytes;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A catalogue entry for `bytes`, at a hub and in wheels of `partBytes` each. */
export function sampleModel(bytes: Buffer, partBytes = bytes.length): CatalogueModel {
  return { ...unknownModel(bytes, partBytes), sizeBytes: bytes.length, sha256: sha256(bytes) };
}

/** The same model without size and hash in the catalogue. */
export function unknownModel(bytes: Buffer, partBytes = bytes.length): CatalogueModel {
  const parts: WheelPart[] = [];
  for (let start = 0; start < bytes.length; start += partBytes) {
    const number = parts.length + 1;
    const sizeBytes = Math.min(partBytes, bytes.length - start);
    parts.push({ package: `sample-part${number}`, member: `sample_part${number}/data/part.bin`, sizeBytes });
  }
  return {
    id: 'sample',
    name: 'Sample',
    fileName: 'sample.gguf',
    sizeBytes: 0,
    memoryBytes: 0,
    roles: ['completion', 'chat'],
    isStarter: false,
    licence: { name: 'Apache-2.0', url: 'https://example.org/licence', mustAccept: false },
    sources: {
      hub: { repository: 'owner/sample', file: 'sample.gguf' },
      pypi: { version: '1.0.0', parts },
    },
  };
}
