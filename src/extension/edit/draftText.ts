/**
 * A document with a region that is being written anew: the lines written so far, then the old ones that they have
 * not reached yet. So the picture keeps its size while it grows.
 * @param eol the document's line end
 */
export function withDraft(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  draft: string,
  eol: string,
): string {
  const old = text.slice(start, end).split(eol);
  const written = draft === '' ? [] : draft.split(eol);
  return text.slice(0, start) + [...written, ...old.slice(written.length)].join(eol) + text.slice(end);
}
