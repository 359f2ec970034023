/** Holds work back until a test lets it go on: what runs when is then a matter of order, not of time. */
export class Gate {
  private open: (() => void)[] = [];
  private arrivals: (() => void)[] = [];
  private waiting = 0;

  /** What the work awaits. */
  readonly pass = (): Promise<void> => {
    this.waiting++;
    for (const arrived of this.arrivals.splice(0)) arrived();
    return new Promise((resolve) => this.open.push(resolve));
  };

  /** Resolves once something waits at the gate. */
  async arrival(): Promise<void> {
    while (this.waiting === 0) await new Promise<void>((resolve) => this.arrivals.push(resolve));
  }

  /** Lets the one that has waited longest go on. */
  async release(): Promise<void> {
    await this.arrival();
    this.waiting--;
    this.open.shift()?.();
  }
}
