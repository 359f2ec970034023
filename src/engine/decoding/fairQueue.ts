/** Who a request is from, as far as callers can be told apart. */
export interface Caller {
  /** The network address. Callers at one address share what one address may have. */
  readonly address: string;
  /** What tells callers at one address apart; they take turns among themselves. */
  readonly name: string;
}

type ItemsByName<T> = Map<string, T[]>;

/**
 * A queue in which addresses take turns, and so do the callers at each address: a caller with a hundred items doesn't
 * keep the others waiting for all of them. Each caller's items stay in order.
 */
export class FairQueue<T> {
  /** In both maps the one whose turn it is comes first. */
  private readonly byAddress = new Map<string, ItemsByName<T>>();

  get length(): number {
    let length = 0;
    for (const byName of this.byAddress.values()) for (const items of byName.values()) length += items.length;
    return length;
  }

  push({ address, name }: Caller, item: T): void {
    const byName = this.byAddress.get(address) ?? new Map<string, T[]>();
    this.byAddress.set(address, byName);
    const items = byName.get(name);
    if (items === undefined) byName.set(name, [item]);
    else items.push(item);
  }

  /** Takes out the item whose turn it is. */
  shift(): T | undefined {
    const [address] = this.byAddress;
    const [caller] = address?.[1] ?? [];
    if (address === undefined || caller === undefined) return undefined;
    const [name, items] = caller;
    const item = items.shift();
    rotate(address[1], name, items.length > 0);
    rotate(this.byAddress, address[0], address[1].size > 0);
    return item;
  }

  /** Takes an item out before its turn; false when it is not there any more. */
  remove({ address, name }: Caller, item: T): boolean {
    const byName = this.byAddress.get(address);
    const items = byName?.get(name);
    const at = items?.indexOf(item) ?? -1;
    if (byName === undefined || items === undefined || at < 0) return false;
    items.splice(at, 1);
    if (items.length === 0) byName.delete(name);
    if (byName.size === 0) this.byAddress.delete(address);
    return true;
  }
}

/** Puts an entry last, or removes it. */
function rotate<V>(map: Map<string, V>, key: string, stays: boolean): void {
  const value = map.get(key);
  map.delete(key);
  if (stays && value !== undefined) map.set(key, value);
}
