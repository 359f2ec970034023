import { isSecretFile } from './secretFiles.js';

/** Whether a file is left out of completions and of other files' prompts, and by which list. */
export type FileExclusion =
  | 'none'
  /** By the user's patterns. */
  | 'bySetting'
  /** By its name, see `secretFiles.ts`. */
  | 'secretFile';

/**
 * Decides for engine and extension alike. The user's patterns are an ordered list of globs, of which the last one that
 * matches decides; with a `!` in front it takes a file in again, as in a .gitignore, also one whose name is secret.
 * @param location path or URI of the file
 * @param patterns `youtu.completion.exclude`; a settings file may hold anything, so items that aren't texts are left out
 * @param matches whether a glob matches the file's whole path, with forward slashes
 */
export function fileExclusion(
  location: string,
  patterns: readonly unknown[],
  matches: (glob: string) => boolean,
): FileExclusion {
  const deciding = patterns.findLast(
    (pattern): pattern is string =>
      typeof pattern === 'string' && globsOf(pattern).some((glob) => matches(glob)),
  );
  if (deciding === undefined) return isSecretFile(location) ? 'secretFile' : 'none';
  return deciding.startsWith('!') ? 'none' : 'bySetting';
}

/** A pattern means the files of that path, and all in a folder of that path; without a root it may begin anywhere. */
function globsOf(pattern: string): readonly string[] {
  const written = pattern.replace(/^!/, '').trim().replaceAll('\\', '/');
  const glob = written.replace(/^\.\//, '').replace(/(?<!\/)\/+$/, '');
  if (glob === '') return [];
  const isRooted = /^(?:\/|\*\*(?:\/|$)|[a-z]:\/)/i.test(glob);
  const anywhere = isRooted ? glob : `**/${glob}`;
  return anywhere.endsWith('**') ? [anywhere] : [anywhere, `${anywhere}/**`];
}
