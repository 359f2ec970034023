/** Tokens per second of one kind of evaluation, as a moving average over what was really evaluated. */
export class SpeedMeter {
  private tokens = 0;
  private seconds = 0;

  /** Small pieces say little: they count by their weight, and old ones fade. */
  add(tokens: number, milliseconds: number): void {
    if (tokens <= 0 || milliseconds <= 0) return;
    this.tokens = this.tokens * 0.8 + tokens;
    this.seconds = this.seconds * 0.8 + milliseconds / 1000;
  }

  /** Tokens per second; `undefined` before anything was measured. */
  get tokensPerSecond(): number | undefined {
    return this.seconds > 0 ? this.tokens / this.seconds : undefined;
  }
}
