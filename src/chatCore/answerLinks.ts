/** A link of an answer to a file of the workspace. */
interface FileLink {
  /** Relative, with `/`. */
  readonly path: string;
  /** From 0. */
  readonly line: number;
}

/**
 * Reads a link such as `src/app.ts:12`, `src/app.ts:12:5` or `src/app.ts#L12`.
 * @returns `undefined` for anything that has a scheme, is absolute, or leads out of the folder
 */
export function parseFileLink(href: string): FileLink | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(href);
  } catch {
    return undefined;
  }
  const match = /^(?<path>[^:#?]+?)(?::(?<line>\d+)(?:[:-]\d+)*|#L(?<anchor>\d+)(?:-L?\d+)?)?$/.exec(decoded);
  const { path, line, anchor } = match?.groups ?? {};
  if (path === undefined) return undefined;
  const parts = path.replaceAll('\\', '/').replace(/^\.\//, '').split('/');
  if (parts.some((part) => part === '' || part === '..')) return undefined;
  return { path: parts.join('/'), line: Math.max(0, Number(line ?? anchor ?? 1) - 1) };
}
