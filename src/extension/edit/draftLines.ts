/**
 * Lines that are being written anew: those written so far, then the old ones that they have not reached yet. So the
 * picture keeps its size while it grows.
 * @param lineEnd the document's
 */
export function draftLines(old: string, draft: string, lineEnd: string): string {
  const written = draft === '' ? [] : draft.split(/\r\n|\n/);
  return [...written, ...old.split(/\r\n|\n/).slice(written.length)].join(lineEnd);
}
