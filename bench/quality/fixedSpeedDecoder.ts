import { Decoder } from '../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../src/engine/decoding/scheduler.js';

/**
 * A decoder that reports a given prefill speed. The product sizes its prompts by the measured speed, so other load on
 * the machine would change the comparison.
 */
export class FixedSpeedDecoder extends Decoder {
  constructor(private readonly tokensPerSecond: number) {
    super(new Scheduler());
  }

  override prefillSpeedOf(): number {
    return this.tokensPerSecond;
  }
}
