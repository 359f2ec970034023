/** Bytes as people read them: `491 MB`, `2.1 GB`. Exact below a megabyte, where a rounded figure would say nothing. */
export function byteText(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)} GB`;
  if (count >= 1e6) return `${Math.round(count / 1e6)} MB`;
  return `${count.toLocaleString('en')} bytes`;
}

/** Two figures that must be told apart: exact when rounding makes them the same. */
export function bytePair(first: number, second: number): readonly [string, string] {
  const pair = [byteText(first), byteText(second)] as const;
  if (pair[0] !== pair[1] || first === second) return pair;
  return [`${first.toLocaleString('en')} bytes`, `${second.toLocaleString('en')} bytes`];
}
