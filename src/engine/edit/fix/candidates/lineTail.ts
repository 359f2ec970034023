/** Alternatives for one idea. */
export interface TokenEdits {
  /** New texts of the line, the likeliest first; they may hold line breaks. */
  readonly lines: readonly string[];
  /** Where several alternatives are correct, the first is meant; otherwise none can be told to be. */
  readonly isOrdered: boolean;
  /** When this one is correct too, none of the lines can be told to be meant. */
  readonly unless?: string;
}

/** What may follow a closing bracket or quote at a line's end. */
export const TAIL = /(?<![\])};,:{\s])[\])};,:{\s]*$/;
/** Of one line. */
export const MAX_PLACES = 12;

/** The line with something put in at its end, and at each place of the tail, the last first. */
export function atTail(code: string, rest: string, text: string): string[] {
  const tail = TAIL.exec(code)?.[0] ?? '';
  const places: string[] = [];
  for (let length = 0; length <= Math.min(tail.length, MAX_PLACES); length++) {
    const at = code.length - length;
    // `) {` and not `)  {`.
    if (/\s/.test(code[at - 1] ?? '')) continue;
    places.push(code.slice(0, at) + text + code.slice(at) + rest);
  }
  return places;
}
