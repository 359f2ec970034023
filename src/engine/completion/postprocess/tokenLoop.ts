/** Equal tokens, and tokens filled by a cycle, that prove a loop. */
const EQUAL = 10;
const FILLED = 30;
const MAX_CYCLE_LENGTH = 10;

/** Sees when a model has begun to say the same again and again, token by token. */
export class TokenLoop {
  private readonly last: number[] = [];
  /** For each length of a cycle, how many tokens in a row were the same as the one that long before. */
  private readonly agreeing = Array.from({ length: MAX_CYCLE_LENGTH + 1 }, () => 0);

  /** @returns whether the tokens so far end in a loop: the last ten equal, or thirty filled by a short cycle */
  push(token: number): boolean {
    const { last, agreeing } = this;
    let isLoop = false;
    for (let cycle = 1; cycle <= MAX_CYCLE_LENGTH; cycle++) {
      const count = last.at(-cycle) === token ? (agreeing[cycle] ?? 0) + 1 : 0;
      agreeing[cycle] = count;
      if (count + cycle >= (cycle === 1 ? EQUAL : FILLED)) isLoop = true;
    }
    last.push(token);
    if (last.length > MAX_CYCLE_LENGTH) last.shift();
    return isLoop;
  }
}
