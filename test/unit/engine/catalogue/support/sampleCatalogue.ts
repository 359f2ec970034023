import type { Catalogue } from '../../../../../src/engine/catalogue/catalogue.js';
import { sampleBytes, sampleModel, unknownModel } from './sampleModel.js';

export const BYTES = sampleBytes(10_000);
export const OTHER = sampleBytes(10_000, 2);
export const SMALL = { ...sampleModel(BYTES), id: 'small', fileName: 'small.gguf' };
const LARGE = { ...sampleModel(OTHER), id: 'large', fileName: 'large.gguf' };
const UNKNOWN = { ...unknownModel(BYTES), id: 'unknown', fileName: 'unknown.gguf' };
export const CATALOGUE: Catalogue = {
  models: [SMALL, LARGE, UNKNOWN],
  preference: { chat: ['unknown', 'large', 'small'], completion: ['large', 'small', 'unknown'] },
};
