/**
 * The client's process, which the library of the connection watches: when it can't see that process, it ends this one
 * without a word.
 */

/**
 * @param id `processId` of `initialize`
 * @returns the id, or `null` where the process can't be seen: in another container, or another user's. The server then
 * ends with its input only.
 */
export function watchableProcessId(id: unknown, note: (sentence: string) => void): number | null {
  if (typeof id !== 'number') return null;
  if (canSee(id)) {
    noteEndWith(id, note);
    return id;
  }
  note(
    `The editor's process ${id} can't be seen from here, as from inside a container. The language server ends when its input is closed.`,
  );
  return null;
}

/** Says why this process ends, if it does because another one can't be seen any more. */
export function noteEndWith(id: number, note: (sentence: string) => void): void {
  process.once('exit', () => {
    if (!canSee(id))
      note(
        `The editor's process ${id} has ended, or can't be seen from here, as from inside a container: the language server ends. To run it without that process, leave out --clientProcessId, or send processId null.`,
      );
  });
}

function canSee(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    // No such process, or another user's, which the library takes for none.
    return false;
  }
}
