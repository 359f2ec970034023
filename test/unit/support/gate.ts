/** Blocks work until a test releases it, so that the order of events doesn't depend on time. */
export class Gate {
  private open: (() => void)[] = [];
  private arrivals: (() => void)[] = [];
  private waiting = 0;

  /** Awaited by the work. */
  readonly pass = (): Promise<void> => {
    this.waiting++;
    for (const arrived of this.arrivals.splice(0)) arrived();
    return new Promise((resolve) => this.open.push(resolve));
  };

  /** Resolves once something waits at the gate. */
  async arrival(): Promise<void> {
    while (this.waiting === 0) await new Promise<void>((resolve) => this.arrivals.push(resolve));
  }

  /** Releases the work that has waited longest. */
  async release(): Promise<void> {
    await this.arrival();
    this.waiting--;
    this.open.shift()?.();
  }
}
