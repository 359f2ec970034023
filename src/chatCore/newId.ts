/**
 * A unique id: 128 random bits in hexadecimal. Browsers have no `crypto.randomUUID` for pages that come over plain HTTP
 * from another machine.
 */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
