/** Of several ways to correct a line, the one after which it looks like other lines of the text. */

/** Shorter lines look alike by chance. */
const MIN_TOKENS = 4;
const TOKEN =
  /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*|[^\s]/gu;

/**
 * @param ways new texts of a line
 * @returns the only one that has the form of another line; `undefined` when it isn't exactly one
 */
export function likeOtherLines<T>(
  ways: readonly T[],
  lineOf: (way: T) => string,
  lines: readonly string[],
): T | undefined {
  const forms = new Set(lines.map(formOf).filter((form) => form !== undefined));
  const found = ways.filter((way) => {
    const form = formOf(lineOf(way));
    return form !== undefined && forms.has(form);
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The line with a letter in place of each name, number and string; a chain of strings keeps its quotes. */
function formOf(line: string): string | undefined {
  const tokens = line.match(TOKEN) ?? [];
  if (tokens.length < MIN_TOKENS) return undefined;
  return tokens
    .map((token) =>
      /^["'`]./.test(token)
        ? `${token[0] ?? ''}s`
        : /^\d/.test(token)
          ? '0'
          : /^[\p{L}_$]/u.test(token)
            ? /^(?:self|this|return|if|for|while|in|case|new|const|let|var|def|class|import|from)$/.test(
                token,
              )
              ? token
              : 'w'
            : token,
    )
    .join(' ');
}
