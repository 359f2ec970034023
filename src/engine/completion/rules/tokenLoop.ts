/** Sees when a model has begun to say the same again and again. */
export class TokenLoop {
  private readonly tokens: number[] = [];

  /** @returns whether the tokens so far end in a loop: ten times the same one, or a short cycle that fills thirty */
  push(token: number): boolean {
    this.tokens.push(token);
    const { tokens } = this;
    const repeats = (period: number, over: number): boolean =>
      tokens.length >= over &&
      tokens.slice(-over).every((each, index, all) => index < period || each === all[index - period]);
    return repeats(1, 10) || [2, 3, 4, 5, 6].some((period) => repeats(period, 30));
  }
}
