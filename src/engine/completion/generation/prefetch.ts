/** Answers are looked at for a moment before one is taken over; before that the next one need not be begun. */
const IDLE_MS = 300;
/** Whoever has typed so much of an answer is likely to take all of it. */
const CONVINCED_CHARACTERS = 3;

/** Decides when to begin what would follow the acceptance of an answer. One at a time; any key puts it off. */
export class Prefetch {
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param typed characters of the answer that the user has typed already
   * @param begin begins the decoding, if nothing else is going on by then
   */
  after(typed: number, begin: () => void): void {
    this.cancel();
    this.timer = setTimeout(begin, typed >= CONVINCED_CHARACTERS ? 0 : IDLE_MS);
    this.timer.unref();
  }

  cancel(): void {
    clearTimeout(this.timer);
  }
}
