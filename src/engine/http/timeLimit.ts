import { ApiError } from './apiError.js';

/**
 * Runs `work` with a signal that is aborted with `signal`, or after a time.
 * @throws ApiError 504 after that time
 */
export async function withTimeLimit<T>(
  milliseconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const forward = (): void => limit.abort(signal.reason);
  if (signal.aborted) forward();
  signal.addEventListener('abort', forward, { once: true });
  const seconds = Math.round(milliseconds / 1000);
  const timer = setTimeout(
    () =>
      limit.abort(
        new ApiError(
          504,
          'server_error',
          'timeout',
          `The answer was not finished within ${seconds} s. Ask for fewer tokens, or start the server with a longer --timeout.`,
        ),
      ),
    milliseconds,
  );
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', forward);
  }
}
