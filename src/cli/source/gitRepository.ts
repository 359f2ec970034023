/** Asks the user's own git about the repository of the working folder. */
import { execFile } from 'node:child_process';

/** A diff of more is cut off: no model reads as much. */
export const MAX_DIFF_BYTES = 16 * 1024 * 1024;
/** Enough to leave out merges and releases. */
const LOG_COUNT = 60;

/** @returns `undefined` outside of a repository, and without git */
export function stagedDiff(signal: AbortSignal): Promise<string | undefined> {
  // Programs of the user's configuration would write something else than a diff.
  return git(['diff', '--staged', '--no-color', '--no-ext-diff', '--no-textconv', '--find-renames'], signal);
}

/** Subjects of the last commits, the newest first; none outside of a repository. */
export async function recentSubjects(signal: AbortSignal): Promise<readonly string[]> {
  const log = await git(['log', `--max-count=${LOG_COUNT}`, '--no-merges', '--format=%s'], signal);
  return log?.split('\n').filter((subject) => subject !== '') ?? [];
}

/** `undefined` when no branch is checked out. */
export async function currentBranch(signal: AbortSignal): Promise<string | undefined> {
  return (await git(['symbolic-ref', '--short', '-q', 'HEAD'], signal))?.trim();
}

/**
 * @returns `undefined` when git can't be started or fails
 * @throws the signal's reason
 */
function git(args: readonly string[], signal: AbortSignal): Promise<string | undefined> {
  const command = ['--no-optional-locks', '-c', 'core.quotePath=false', '--no-pager', ...args];
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: MAX_DIFF_BYTES, signal, windowsHide: true };
    execFile('git', command, options, (error, stdout) => {
      if (signal.aborted) reject(signal.reason as Error);
      else if (error === null || error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') resolve(stdout);
      else resolve(undefined);
    });
  });
}
