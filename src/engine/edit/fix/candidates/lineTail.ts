/** Alternatives for one idea. */
export interface TokenEdits {
  /** New texts of the line, the likeliest first; they may hold line breaks. */
  readonly lines: readonly string[];
  /** Where several alternatives are correct, the first is meant; otherwise none can be told to be. */
  readonly isOrdered: boolean;
  /** When one of these is correct too, none of the lines can be told to be meant. */
  readonly unless?: readonly string[];
}

/** What may follow a closing bracket or quote at a line's end. */
export const TAIL = /(?<![\])};,:{\s])[\])};,:{\s]*$/;
/** Of one line. */
export const MAX_PLACES = 12;

/** The line with something put in at its end, and at each place of the tail, the last first. */
export function atTail(code: string, rest: string, text: string): string[] {
  return tailPlaces(code).map((at) => withText(code, rest, text, at));
}

/** The same for a bracket: after a comma, which ends what is closed, it is the unlikeliest. */
export function closedAtTail(code: string, rest: string, closer: string): string[] {
  const isAfterComma = (at: number): number => Number(code[at - 1] === ',');
  return tailPlaces(code)
    .sort((one, other) => isAfterComma(one) - isAfterComma(other))
    .map((at) => withText(code, rest, closer, at));
}

function tailPlaces(code: string): number[] {
  const tail = TAIL.exec(code)?.[0] ?? '';
  // `) {` and not `)  {`.
  return Array.from(
    { length: Math.min(tail.length, MAX_PLACES) + 1 },
    (_, length) => code.length - length,
  ).filter((at) => /\S/.test(code[at - 1] ?? ''));
}

const withText = (code: string, rest: string, text: string, at: number): string =>
  code.slice(0, at) + text + code.slice(at) + rest;
