/** Old evaluations fade, since texts differ. */
const KEPT = 0.9;
const FIRST_TRIALS = 2;

/**
 * Whether evaluating tokens on trial pays. How much less several tokens at once cost than one by one depends on the
 * model's number format and on the processor: a third of it, or nothing. And how many are right depends on the text.
 * So it is measured as it goes, in processor time, of which others take nothing.
 */
export class Speculation {
  private readonly alone = { cpuMs: 0, tokens: 0 };
  private readonly onTrial = { cpuMs: 0, tokens: 0 };
  private trials = FIRST_TRIALS;

  /** A new text gets a new chance. */
  begin(): void {
    this.trials = Math.max(1, this.trials);
  }

  get pays(): boolean {
    if (this.trials > 0) return true;
    return this.onTrial.cpuMs * this.alone.tokens < this.alone.cpuMs * this.onTrial.tokens;
  }

  /**
   * @param isTrial whether anything was evaluated on trial
   * @param tokens that the evaluation brought
   */
  add(isTrial: boolean, tokens: number, cpuMs: number): void {
    const sum = isTrial ? this.onTrial : this.alone;
    sum.cpuMs = sum.cpuMs * KEPT + cpuMs;
    sum.tokens = sum.tokens * KEPT + tokens;
    if (isTrial) this.trials--;
  }
}
