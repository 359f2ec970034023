import { LSPErrorCodes, ResponseError, type CancellationToken, ErrorCodes } from 'vscode-languageserver/node';
import { EngineError, type EngineErrorData } from '../../protocol/errors.js';
import { abortSignalOf } from './abortSignal.js';

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
