import type { CancellationToken } from 'vscode-languageserver/node';

/** A request's cancellation as the signal that the model looks at. */
export function abortSignalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => controller.abort(new DOMException('cancelled by the client', 'AbortError'));
  if (token.isCancellationRequested) abort();
  else token.onCancellationRequested(abort);
  return controller.signal;
}
