import type { DownloadAttempt } from '../../../protocol/errors.js';
import { AttemptFailed } from './downloadSource.js';
import { systemCode } from '../../systemCode.js';

const TIMEOUTS = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

/**
 * What an error of the connection means.
 * @param otherwise the reason when it isn't a timeout: before the answer `unreachable`, after it `interrupted`
 */
export function httpFailure(error: unknown, otherwise: DownloadAttempt['reason']): Error {
  const code = systemCode(error);
  // undici's errors all have one; without it the mistake is ours.
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  const { message } = error as Error;
  const detail = message.includes(code) ? message : `${code} ${message}`.trim();
  return new AttemptFailed(TIMEOUTS.has(code) ? 'timeout' : otherwise, detail);
}

/** What a server's refusal means. */
export function statusFailure(status: number, { host }: URL): AttemptFailed {
  const detail = `HTTP ${status} from ${host}`;
  if (status === 401 || status === 403 || status === 451) return new AttemptFailed('forbidden', detail);
  if (status === 404 || status === 410) return new AttemptFailed('notFound', detail);
  return new AttemptFailed('serverError', detail);
}
