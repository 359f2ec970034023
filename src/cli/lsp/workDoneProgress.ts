import type { Connection } from 'vscode-languageserver/node';
import { abortSignalOf } from '../../engine/cancellation.js';
import type { EngineStatus } from '../../protocol/status.js';

/** Progress that the server begins and the editor shows. */
export interface WorkDoneProgress {
  /** Aborted when the user cancels it in the editor. */
  readonly signal: AbortSignal;
  report(message: string): void;
  done(): void;
}

/**
 * Begins work-done progress. Without effect in editors that don't support it.
 * @param title what is being done, such as "Fix"
 */
export async function beginProgress(
  connection: Connection,
  title: string,
  message: string,
  isCancellable: boolean,
): Promise<WorkDoneProgress> {
  // Some editors announce support and then refuse; the work is done anyway.
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

/** Shows the loading of a model, which takes seconds. */
export class LoadingProgress {
  private running: { readonly model: string; readonly progress: Promise<WorkDoneProgress> } | undefined;

  constructor(private readonly connection: Connection) {}

  onStatus(status: EngineStatus): void {
    if (status.kind !== 'loading') {
      this.end();
      return;
    }
    const percent = `${Math.round(status.progress * 100)}%`;
    if (this.running?.model !== status.model) {
      this.end();
      const progress = beginProgress(this.connection, `loading ${status.model}`, percent, false);
      this.running = { model: status.model, progress };
    }
    void this.running.progress.then((progress) => progress.report(percent));
  }

  private end(): void {
    void this.running?.progress.then((progress) => progress.done());
    this.running = undefined;
  }
}
