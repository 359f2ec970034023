import type { Connection } from 'vscode-languageserver/node';
import { abortSignalOf } from '../../engine/cancellation.js';

/** Progress that an editor shows of something that it didn't ask for by itself. */
export interface EditorProgress {
  /** Aborted when somebody cancels it in the editor. */
  readonly signal: AbortSignal;
  report(message: string): void;
  done(): void;
}

/**
 * Begins work-done progress; shown by editors that can, which the connection knows.
 * @param title what is being done, such as "Fix"
 */
export async function editorProgress(
  connection: Connection,
  title: string,
  message: string,
  isCancellable: boolean,
): Promise<EditorProgress> {
  // An editor that says it can, and then refuses, is no reason not to do the work.
  const reporter = await connection.window.createWorkDoneProgress().catch(() => undefined);
  if (reporter === undefined)
    return { signal: new AbortController().signal, report: () => undefined, done: () => undefined };
  let shown = message;
  reporter.begin(`Youtu Code: ${title}`, undefined, message, isCancellable);
  return {
    signal: abortSignalOf(reporter.token),
    report: (text) => {
      if (text === shown) return;
      shown = text;
      reporter.report(text);
    },
    done: () => reporter.done(),
  };
}
