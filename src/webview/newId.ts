/**
 * An id that nothing else has. `crypto.randomUUID` isn't there for pages that come over plain HTTP from another
 * machine.
 */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
