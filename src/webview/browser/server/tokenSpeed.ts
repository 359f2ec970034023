/** Over a shorter time a speed says nothing: pieces may come together. */
const MIN_S = 0.1;

/** How fast an answer comes, from its first token to its last. */
export class TokenSpeed {
  private first: number | undefined;
  private last = 0;
  private pieces = 0;
  private tokens: number | undefined;

  /** A piece of the answer has come. */
  note(): void {
    this.last = performance.now();
    this.first ??= this.last;
    this.pieces++;
  }

  /** How many tokens the answer has, as the server has counted them. */
  count(tokens: number): void {
    this.tokens = tokens;
  }

  /** 0 when it can't be told. */
  get tokensPerSecond(): number {
    const seconds = (this.last - (this.first ?? this.last)) / 1000;
    const afterFirst = (this.tokens ?? this.pieces) - 1;
    return seconds >= MIN_S && afterFirst > 0 ? afterFirst / seconds : 0;
  }
}
