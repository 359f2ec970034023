import type { Dispatcher } from 'undici';
import type { HttpAgent, HttpTimeouts } from './httpAgent.js';
import { AttemptFailed, type FileFacts } from './downloadSource.js';
import type { DownloadAttempt } from '../../../protocol/errors.js';
import { systemCode } from '../../systemCode.js';

const TIMEOUTS: HttpTimeouts = { connectMs: 5_000, answerMs: 15_000, stallMs: 30_000 };
const MAX_REDIRECTS = 5;

export interface FileResponse {
  /** Offset in the file of the first byte that comes: 0 when the server ignored the range. */
  readonly firstByte: number;
  readonly facts: FileFacts;
  /** @throws AttemptFailed, or the signal's reason */
  chunks(): AsyncGenerator<Uint8Array, void>;
  close(): void;
}

/** Asks for files over HTTPS. Follows redirects itself: a hub names the file's hash only in the first answer. */
export class HttpClient {
  private agent: HttpAgent | undefined;

  constructor(private readonly timeouts: HttpTimeouts = TIMEOUTS) {}

  /**
   * Asks for a file from byte `from` on.
   * @throws AttemptFailed, or the signal's reason
   */
  async get(url: string, from: number, signal: AbortSignal): Promise<FileResponse> {
    let facts: FileFacts = {};
    let place = parse(url);
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const answer = await this.ask(place, from, signal);
      facts = { ...hubFacts(answer.headers), ...facts };
      const { statusCode: status, body } = answer;
      if (status < 300 || status === 416) return fileResponse(answer, from, facts, signal);
      body.on('error', () => undefined).destroy();
      if (status >= 400) throw statusFailure(status, place);
      const next = parse(header(answer.headers, 'location') ?? '', place);
      if (place.protocol === 'https:' && next.protocol !== 'https:')
        throw new AttemptFailed('serverError', `${place.host} redirects to an unencrypted address`);
      place = next;
    }
    throw new AttemptFailed('serverError', `more than ${MAX_REDIRECTS} redirects`);
  }

  private async ask(url: URL, from: number, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    signal.throwIfAborted();
    // Loaded when it is first needed: most runs of the engine download nothing.
    const { openAgent } = await import('./httpAgent.js');
    this.agent ??= openAgent(this.timeouts);
    try {
      return await this.agent(url, { signal, headers: from > 0 ? { range: `bytes=${from}-` } : {} });
    } catch (error) {
      signal.throwIfAborted();
      throw httpFailure(error, 'unreachable');
    }
  }
}

function fileResponse(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  from: number,
  hub: FileFacts,
  signal: AbortSignal,
): FileResponse {
  body.on('error', () => undefined);
  const close = (): void => void body.destroy();
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(header(headers, 'content-range') ?? '');
  const length = header(headers, 'content-length');
  const firstByte = statusCode === 206 && range?.[1] !== undefined ? Number(range[1]) : 0;
  const total = range?.[2] ?? (statusCode === 200 ? length : undefined);
  // Without a length there is no telling a whole file from a half one, nor from the page of a captive portal.
  if (total === undefined || (statusCode === 206 && firstByte !== from)) {
    close();
    throw new AttemptFailed('wrongSize', `HTTP ${statusCode} without the file's length`);
  }
  const sizeBytes = Number(total);
  return {
    firstByte: statusCode === 416 ? sizeBytes : firstByte,
    facts: { ...hub, sizeBytes },
    close,
    async *chunks() {
      if (statusCode === 416) return;
      try {
        for await (const chunk of body as AsyncIterable<Buffer>) {
          signal.throwIfAborted();
          yield chunk;
        }
      } catch (error) {
        signal.throwIfAborted();
        throw httpFailure(error, 'interrupted');
      }
    },
  };
}

/** What a hub says of a large file: its SHA-256 and size, in the answer that sends on to the storage. */
function hubFacts(headers: Dispatcher.ResponseData['headers']): FileFacts {
  const tag = /^"?([0-9a-f]{64})"?$/i.exec(header(headers, 'x-linked-etag') ?? '');
  const sha256 = tag?.[1]?.toLowerCase();
  return sha256 === undefined ? {} : { sha256 };
}

function header(headers: Dispatcher.ResponseData['headers'], name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

function parse(url: string, base?: URL): URL {
  try {
    const parsed = new URL(url, base);
    if (parsed.protocol === 'https:' || parsed.protocol === 'http:') return parsed;
  } catch {
    // falls through: the sentence is the same
  }
  throw new AttemptFailed('unreachable', `not a web address: ${url.slice(0, 200)}`);
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
  return new AttemptFailed(TIMEOUT_CODES.has(code) ? 'timeout' : otherwise, detail);
}

/** What a server's refusal means. */
export function statusFailure(status: number, { host }: URL): AttemptFailed {
  const detail = `HTTP ${status} from ${host}`;
  if (status === 401 || status === 403 || status === 451) return new AttemptFailed('forbidden', detail);
  if (status === 404 || status === 410) return new AttemptFailed('notFound', detail);
  return new AttemptFailed('serverError', detail);
}
