/** The rate of the last seconds is what the next ones are likely to have. */
const WINDOW_MS = 8000;
/** A shorter time says nothing: a buffer that was full arrives at once. */
const MIN_MS = 1000;

/** How fast bytes arrive, over the last seconds. */
export class TransferRate {
  private samples: { readonly at: number; readonly bytes: number }[] = [];

  /** @param now milliseconds of a monotonic clock */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @param bytes received so far; fewer than before, and counting begins again */
  add(bytes: number): void {
    const at = this.now();
    if (bytes < (this.samples.at(-1)?.bytes ?? 0)) this.samples = [];
    this.samples.push({ at, bytes });
    // The last one before the window stays: it is where the window's bytes begin.
    while ((this.samples[1]?.at ?? at) < at - WINDOW_MS) this.samples.shift();
  }

  /** Forgets what was counted: other work begins. */
  clear(): void {
    this.samples = [];
  }

  /** `undefined` before there is enough to tell. */
  get bytesPerSecond(): number | undefined {
    const [first, last] = [this.samples[0], this.samples.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const ms = this.now() - first.at;
    return ms < MIN_MS ? undefined : ((last.bytes - first.bytes) * 1000) / ms;
  }
}
