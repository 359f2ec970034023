import { EngineError, EngineErrorCode, type RemoteFailureReason } from '../../protocol/errors.js';

/** @param detail what the server or the system said, for the log and the message's end */
export function remoteFailure(host: string, reason: RemoteFailureReason, detail = ''): EngineError {
  return new EngineError(EngineErrorCode.remoteFailed, { kind: 'remoteFailed', host, reason, detail });
}

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_SOCKET',
]);

/** What a failed connection means. */
export function connectionFailure(host: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT')
    return remoteFailure(host, 'timeout', 'connection');
  if (CONNECTION_CODES.has(code)) return remoteFailure(host, 'unreachable', code);
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|EPROTO/.test(code))
    return remoteFailure(host, 'certificate', code);
  return remoteFailure(host, 'unreachable', code === '' ? message : code);
}

const MAX_DETAIL = 300;

/** What a status that isn't a success means. */
export function statusFailure(host: string, status: number, body: string, location: string): EngineError {
  const detail = `HTTP ${status}${saidBy(body)}`;
  if (status >= 300 && status < 400) return remoteFailure(host, 'redirected', location);
  switch (status) {
    case 401:
    case 403:
      return remoteFailure(host, 'unauthorized', detail);
    case 404:
    case 405:
      return remoteFailure(host, /model/i.test(body) ? 'modelMissing' : 'notFound', detail);
    case 408:
    case 504:
      return remoteFailure(host, 'timeout', detail);
    case 429:
      return remoteFailure(host, 'busy', detail);
    default:
      return remoteFailure(host, status >= 500 ? 'serverError' : 'refused', detail);
  }
}

/** A server's own words, if they are words and not a page. */
function saidBy(body: string): string {
  const text = messageIn(body) ?? (/^\s*</.test(body) ? '' : body);
  const line = text.replace(/\s+/g, ' ').trim().slice(0, MAX_DETAIL);
  return line === '' ? '' : `: ${line}`;
}

function messageIn(body: string): string | undefined {
  try {
    const { error, detail, message } = JSON.parse(body) as Record<string, unknown>;
    for (const each of [error, (error as { message?: unknown } | undefined)?.message, detail, message])
      if (typeof each === 'string') return each;
    return undefined;
  } catch {
    return undefined;
  }
}
