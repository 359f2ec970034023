/** Ends an answer at a text that isn't part of it, and holds back what may be that text's beginning. */
export class StopText {
  private held = '';
  isReached = false;

  constructor(private readonly stop: string | undefined) {}

  push(text: string): string {
    if (this.stop === undefined) return text;
    if (this.isReached) return '';
    this.held += text;
    const end = this.held.indexOf(this.stop);
    if (end >= 0) {
      this.isReached = true;
      return this.take(end);
    }
    let length = Math.min(this.stop.length - 1, this.held.length);
    while (length > 0 && !this.held.endsWith(this.stop.slice(0, length))) length--;
    return this.take(this.held.length - length);
  }

  flush(): string {
    return this.isReached ? '' : this.take(this.held.length);
  }

  private take(length: number): string {
    const text = this.held.slice(0, length);
    this.held = this.held.slice(length);
    return text;
  }
}
