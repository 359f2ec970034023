import * as vscode from 'vscode';
import { timerDelay } from '../disposables.js';

/** Most checked fixes that need no model are ready before: a notification for them would only flash. */
const QUIET_MS = 1000;
const CLOCK_MS = 1000;

/**
 * Shows what work is doing and for how long: first in the status bar, then in a notification with Cancel.
 * @param work is given a function that says what it is doing
 */
export async function withEditProgress<T>(
  title: string,
  onCancel: () => void,
  work: (say: (step: string) => void) => Promise<T>,
): Promise<T> {
  const started = performance.now();
  let step = '';
  let shown: vscode.Progress<{ readonly message: string }> | undefined;
  const refresh = (): void => {
    const seconds = Math.floor((performance.now() - started) / 1000);
    const time = seconds === 0 ? '' : vscode.l10n.t('{0} s', seconds);
    shown?.report({ message: [step, time].filter((part) => part !== '').join(' · ') });
  };
  const running = work((text) => {
    step = text;
    refresh();
  });
  const done = running.then(ignore, ignore);
  let endQuiet = ignore;
  const quiet = new Promise<void>((resolve) => (endQuiet = resolve));
  void vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, (progress) => {
    shown = progress;
    refresh();
    return Promise.race([done, quiet]);
  });
  const notification = timerDelay(() => {
    const location = vscode.ProgressLocation.Notification;
    void vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
      endQuiet();
      token.onCancellationRequested(onCancel);
      shown = progress;
      refresh();
      return done;
    });
  }, QUIET_MS);
  const clock = setInterval(refresh, CLOCK_MS);
  try {
    return await running;
  } finally {
    notification.dispose();
    clearInterval(clock);
  }
}

function ignore(): void {
  // The caller of the work sees how it ended.
}
