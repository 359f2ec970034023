/** Ends a text at the first of several texts that isn't part of it, and holds back what may be one's beginning. */
export class StopSequences {
  private held = '';
  private found: string | undefined;
  private readonly stops: readonly string[];

  constructor(stops: readonly string[]) {
    this.stops = stops.filter((stop) => stop !== '');
  }

  /** The text that it ended at. */
  get reached(): string | undefined {
    return this.found;
  }

  push(text: string): string {
    if (this.found !== undefined) return '';
    this.held += text;
    let end = this.held.length;
    for (const stop of this.stops) {
      const at = this.held.indexOf(stop);
      if (at < 0 || at >= end) continue;
      end = at;
      this.found = stop;
    }
    if (this.found !== undefined) return this.take(end);
    const open = Math.max(0, ...this.stops.map((stop) => openEnd(this.held, stop)));
    return this.take(this.held.length - open);
  }

  flush(): string {
    return this.found === undefined ? this.take(this.held.length) : '';
  }

  private take(length: number): string {
    const text = this.held.slice(0, length);
    this.held = this.held.slice(length);
    return text;
  }
}

/** Length of the stop text's beginning that the text ends with. */
function openEnd(text: string, stop: string): number {
  let length = Math.min(stop.length - 1, text.length);
  while (length > 0 && !text.endsWith(stop.slice(0, length))) length--;
  return length;
}
