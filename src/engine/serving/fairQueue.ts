/**
 * What waits, by who asked for it: each caller's wishes stay in their order, and callers take turns, so that one who
 * asks for a hundred texts at once doesn't keep the others waiting for all of them.
 */
export class FairQueue<T> {
  /** The caller whose turn it is comes first. */
  private readonly byCaller = new Map<string, T[]>();

  get length(): number {
    let length = 0;
    for (const wishes of this.byCaller.values()) length += wishes.length;
    return length;
  }

  push(caller: string, wish: T): void {
    const wishes = this.byCaller.get(caller);
    if (wishes === undefined) this.byCaller.set(caller, [wish]);
    else wishes.push(wish);
  }

  /** Takes out the wish whose turn it is. */
  shift(): T | undefined {
    const [first] = this.byCaller;
    if (first === undefined) return undefined;
    const [caller, wishes] = first;
    const wish = wishes.shift();
    this.byCaller.delete(caller);
    if (wishes.length > 0) this.byCaller.set(caller, wishes);
    return wish;
  }

  /** Takes a wish out before its turn; false when it isn't there any more. */
  remove(caller: string, wish: T): boolean {
    const wishes = this.byCaller.get(caller);
    const at = wishes?.indexOf(wish) ?? -1;
    if (wishes === undefined || at < 0) return false;
    wishes.splice(at, 1);
    if (wishes.length === 0) this.byCaller.delete(caller);
    return true;
  }
}
