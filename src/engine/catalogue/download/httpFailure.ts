import type { Dispatcher } from 'undici';
import type { DownloadAttempt } from '../../../protocol/errors.js';
import { systemCode } from '../../systemCode.js';
import { AttemptFailed } from './downloadSource.js';

type Headers = Dispatcher.ResponseData['headers'];

export function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** Codes of OpenSSL and Node for a certificate that isn't trusted, not valid, or for another host. */
const CERTIFICATE_CODES =
  /^(?:(?:DEPTH_ZERO_)?SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY|GET_ISSUER)|CERT_|ERR_TLS_CERT|INVALID_CA|PATH_LENGTH)/;

/** Milliseconds that a busy server asks to wait; `undefined` when it doesn't ask. */
export function waitOf({ statusCode, headers }: Dispatcher.ResponseData): number | undefined {
  if (statusCode !== 429 && statusCode !== 503) return undefined;
  const after = header(headers, 'retry-after') ?? '';
  if (/^\d+$/.test(after)) return 1000 * Number(after);
  const until = Date.parse(after) - Date.parse(header(headers, 'date') ?? '');
  if (!Number.isNaN(until)) return Math.max(0, until);
  // The IETF's draft, as Hugging Face sends it: `"api";r=0;t=55`.
  const window = /;\s*t=(\d+)/.exec(header(headers, 'ratelimit') ?? '');
  return window === null ? undefined : 1000 * Number(window[1]);
}

const TIMEOUT_CODES = new Set([
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
  if (CERTIFICATE_CODES.test(code)) return new AttemptFailed('certificate', detail);
  return new AttemptFailed(TIMEOUT_CODES.has(code) ? 'timeout' : otherwise, detail);
}

/** What a server's refusal means. */
export function statusFailure(status: number, { host }: URL, headers: Headers = {}): AttemptFailed {
  const detail = `HTTP ${status} from ${host}`;
  const hubCode = header(headers, 'x-error-code') ?? '';
  return new AttemptFailed(reasonOf(status), detail, { status, hubCode });
}

function reasonOf(status: number): DownloadAttempt['reason'] {
  if (status === 401 || status === 403 || status === 451) return 'forbidden';
  if (status === 404 || status === 410) return 'notFound';
  return status === 429 ? 'rateLimited' : 'serverError';
}
