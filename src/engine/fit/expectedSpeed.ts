import type { ExpectedSpeed } from '../../protocol/modelFit.js';
import type { SpeedRecord } from './speedRecords.js';

/** Name of the probe's record. */
export const PROBE = 'probe';

/** Decoding reads all weights for each token; a part of its time doesn't depend on them (measured on three models). */
const DECODE_EXPONENT = 0.9;
/** Prefill computes with each weight. */
const PREFILL_EXPONENT = 1;

/** Files of so similar a size are as fast as one another. */
const SAME_SIZE = 0.03;

/**
 * What a model does on the machine that the records are of: its own measurement, else from the one of the nearest
 * size. `undefined` where nothing was measured, or the size isn't known.
 */
export function expectedSpeed(records: readonly SpeedRecord[], sizeBytes: number): ExpectedSpeed | undefined {
  if (sizeBytes <= 0) return undefined;
  const distance = (record: SpeedRecord): number => Math.abs(Math.log(record.sizeBytes / sizeBytes));
  const real = records.filter(({ file }) => file !== PROBE);
  const [nearest] = (real.length > 0 ? [...real] : [...records]).sort(
    (one, other) => distance(one) - distance(other),
  );
  if (nearest === undefined) return undefined;
  const { prefill, decode, file } = nearest;
  if (file !== PROBE && distance(nearest) < SAME_SIZE) return { prefill, decode, isMeasured: true };
  const ratio = nearest.sizeBytes / sizeBytes;
  return {
    prefill: prefill * ratio ** PREFILL_EXPONENT,
    decode: decode * ratio ** DECODE_EXPONENT,
    isMeasured: false,
  };
}
