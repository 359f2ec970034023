import { Decoder } from '../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../src/engine/decoding/scheduler.js';

/**
 * A decoder that takes the machine for as fast as it is told. The product shows the model as much text as the
 * measured speed allows; other work on the machine would change what is compared.
 */
export class SteadyDecoder extends Decoder {
  constructor(private readonly tokensPerSecond: number) {
    super(new Scheduler());
  }

  override prefillSpeedOf(): number {
    return this.tokensPerSecond;
  }
}
