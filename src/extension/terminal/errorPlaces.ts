/** Finds the files and lines that the output of a failed command names. */

export interface NamedPlace {
  /** As the output has it: absolute, relative, or a bare file name. */
  readonly path: string;
  /** From 0. */
  readonly line: number;
  /** What the output says about it, as far as that can be told. */
  readonly message: string;
}

const MAX_PLACES = 40;
/** Of a line of the output; some of the patterns take longer on long lines. */
const MAX_LINE_LENGTH = 400;
const PATH = String.raw`((?:file:\/\/)?(?:[A-Za-z]:)?[^\s:()'"<>|[\]]+\.[A-Za-z]\w{0,7})`;
const PATTERNS: readonly RegExp[] = [
  /File "([^"]+)", line (\d+)/g,
  /\bin (\S+\.\w{1,8})(?: on line |:)(\d+)/g,
  // An absolute path with blanks, at the beginning of its line.
  /^\s*(?:file: )?((?:[A-Za-z]:)?[\\/][^:*?"<>|()\s]*(?: [^:*?"<>|()\s]+)+\.\w{1,8}):(\d+)/g,
  // webpack, and Babel below it: `ERROR in ./a.jsx 5:10`, `a.jsx: Unexpected token (5:10)`.
  /\bERROR in (\S+\.\w{1,8}) (\d+):\d+/g,
  new RegExp(String.raw`${PATH}: [^:]+\((\d+):\d+\)`, 'g'),
  // `a.ts(3,5): error`, `a.c:3:5: error`, `(a.js:3:5)`
  new RegExp(String.raw`${PATH}(?:\((\d+)(?:,\d+)?\)|:(\d+)(?::\d+)?)(?![\w.])`, 'g'),
];
const ERROR_LINE =
  /^(?:\S*\s)?(?:[\w.]*(?:Error|Exception|Failure)\b|\[?error\b|fatal\b|panic:|thread '.*' panicked|E\s{2,})[^]*|\berror(?:\[\w+\])?:/i;
/** Code of others, which a fix shouldn't change. */
const FOREIGN =
  /(?:^|[\\/])(?:node_modules|site-packages|dist-packages|\.venv|venv|vendor|\.cargo|\.rustup)[\\/]|^node:/;

/** The likeliest first: of a traceback in Python the last one, else in the order of the output. */
export function placesIn(output: string): readonly NamedPlace[] {
  const lines = output.split('\n').map((line) => line.slice(0, MAX_LINE_LENGTH));
  const found = new Map<string, NamedPlace>();
  let isTraceback = false;
  for (const [index, text] of lines.entries()) {
    for (const pattern of PATTERNS)
      for (const [whole, path = '', first, second] of text.matchAll(pattern)) {
        const line = Number(first ?? second) - 1;
        const key = `${path}:${line}`;
        const isKnown = [...found.keys()].some((other) => other === key || other.endsWith(` ${key}`));
        if (!(line >= 0) || FOREIGN.test(path) || isKnown) continue;
        isTraceback ||= whole.startsWith('File "');
        found.set(key, { path, line, message: messageFor(lines, index, whole) });
        if (found.size >= MAX_PLACES) return ordered();
      }
  }
  return ordered();

  function ordered(): readonly NamedPlace[] {
    const places = [...found.values()];
    return isTraceback ? places.toReversed() : places;
  }
}

/** What follows on the line, else the nearest line that reads like an error: below in a traceback, above in others. */
function messageFor(lines: readonly string[], index: number, place: string): string {
  const text = lines[index] ?? '';
  const [, rest = ''] =
    /^[:)\]]*\s*(?:-\s+)?(.*)$/.exec(text.slice(text.indexOf(place) + place.length)) ?? [];
  if (/[a-z]{3}.*\s/i.test(rest) && !/^in [\w<.]+/.test(rest))
    return rest.replace(/^(?:fatal )?error:\s*/i, '');
  const isError = (line: string | undefined): boolean => line !== undefined && ERROR_LINE.test(line.trim());
  const below = lines.slice(index + 1).find(isError);
  const above = lines.slice(0, index).findLast(isError);
  const nearest = place.startsWith('File "') ? (below ?? above) : (above ?? below);
  return nearest?.trim() ?? text.trim();
}
