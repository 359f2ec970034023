/**
 * A queue in which callers take turns: each caller's items stay in order, and a caller with a hundred of them doesn't
 * keep the others waiting for all of them.
 */
export class FairQueue<T> {
  /** The caller whose turn it is comes first. */
  private readonly byCaller = new Map<string, T[]>();

  get length(): number {
    let length = 0;
    for (const items of this.byCaller.values()) length += items.length;
    return length;
  }

  push(caller: string, item: T): void {
    const items = this.byCaller.get(caller);
    if (items === undefined) this.byCaller.set(caller, [item]);
    else items.push(item);
  }

  /** Takes out the item whose turn it is. */
  shift(): T | undefined {
    const [first] = this.byCaller;
    if (first === undefined) return undefined;
    const [caller, items] = first;
    const item = items.shift();
    this.byCaller.delete(caller);
    if (items.length > 0) this.byCaller.set(caller, items);
    return item;
  }

  /** Takes an item out before its turn; false when it is not there any more. */
  remove(caller: string, item: T): boolean {
    const items = this.byCaller.get(caller);
    const at = items?.indexOf(item) ?? -1;
    if (items === undefined || at < 0) return false;
    items.splice(at, 1);
    if (items.length === 0) this.byCaller.delete(caller);
    return true;
  }
}
