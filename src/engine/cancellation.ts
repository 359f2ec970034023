import { type CancellationToken, LSPErrorCodes, ResponseError, ErrorCodes } from 'vscode-languageserver/node';
import { EngineError, type EngineErrorData } from '../protocol/errors.js';

/**
 * Waits for work that can't be aborted itself, such as the loading of a model.
 * @throws the signal's reason as soon as it is aborted; the work itself continues
 */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** A request's cancellation as the signal that the model looks at. */
export function abortSignalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => controller.abort(new DOMException('cancelled by the client', 'AbortError'));
  if (token.isCancellationRequested) abort();
  else token.onCancellationRequested(abort);
  return controller.signal;
}

/** The answer to a request that lacks something, or has something of another type. */
export function invalidParams(needed: string): ResponseError<EngineErrorData> {
  return new ResponseError(ErrorCodes.InvalidParams, `needs ${needed}`);
}

/**
 * Runs a request's work: its cancellation token becomes an AbortSignal, an EngineError a response with code and
 * data, an abort the response that LSP has for it.
 */
export async function answerRequest<T>(
  token: CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | ResponseError<EngineErrorData>> {
  const signal = abortSignalOf(token);
  try {
    return await work(signal);
  } catch (error) {
    if (signal.aborted || (error instanceof DOMException && error.name === 'AbortError')) {
      return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    }
    if (error instanceof EngineError) return new ResponseError(error.code, error.message, error.data);
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return new ResponseError(ErrorCodes.InternalError, detail);
  }
}
