import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** Unchanged lines around a change, as diff and git show them. */
const CONTEXT = 3;

/**
 * The difference of two texts as `patch` and `git apply` read it; empty when there is none.
 * @param name of the file, with slashes
 */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return '';
  const options = { context: CONTEXT, headerOptions: FILE_HEADERS_ONLY };
  // As git writes an absolute path.
  const path = name.replace(/^\/+/, '');
  const diff = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, options);
  // diff and git leave a length of one line out.
  return diff.replaceAll(/^(@@ -\d+)(,1)?( \+\d+)(,1)? @@/gm, '$1$3 @@');
}
