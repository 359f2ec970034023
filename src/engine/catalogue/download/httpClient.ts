import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { HttpAgent, HttpTimeouts } from './httpAgent.js';
import { AttemptFailed, type FileFacts } from './downloadSource.js';
import { header, httpFailure, statusFailure, waitOf } from './httpFailure.js';

const TIMEOUTS: HttpTimeouts = { connectMs: 5_000, answerMs: 15_000, stallMs: 30_000 };
const MAX_REDIRECTS = 5;
/** A hub that asks to wait for longer isn't waited for: people would take it for a hang. */
const MAX_WAIT_MS = 30_000;
const MAX_WAITS = 3;

/** A person's key to a hub. */
export interface HttpToken {
  /** As in `https://hub.example`: the token goes to no other place, also not after a redirect. */
  readonly origin: string;
  readonly token: string;
}

export interface HttpClientOptions {
  readonly token?: HttpToken | undefined;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

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

  constructor(
    private readonly timeouts: HttpTimeouts = TIMEOUTS,
    private readonly options: HttpClientOptions = {},
  ) {}

  /**
   * Asks for a file from byte `from` on.
   * @throws AttemptFailed, or the signal's reason
   */
  async get(url: string, from: number, signal: AbortSignal): Promise<FileResponse> {
    const { answer, facts } = await this.follow(url, signal, from > 0 ? { range: `bytes=${from}-` } : {});
    return fileResponse(answer, from, facts, signal);
  }

  /**
   * Asks for a text.
   * @throws AttemptFailed, also when it is longer than `maxBytes`, or the signal's reason
   */
  async text(url: string, maxBytes: number, signal: AbortSignal): Promise<string> {
    const { answer } = await this.follow(url, signal, { accept: 'application/json' });
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > maxBytes) throw new AttemptFailed('serverError', `an answer over ${maxBytes} bytes`);
        chunks.push(chunk);
      }
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof AttemptFailed ? error : httpFailure(error, 'interrupted');
    } finally {
      answer.body.on('error', () => undefined).destroy();
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  private async follow(
    url: string,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ readonly answer: Dispatcher.ResponseData; readonly facts: FileFacts }> {
    let facts: FileFacts = {};
    let place = parse(url);
    let waits = 0;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const answer = await this.ask(place, signal, headers);
      facts = { ...hubFacts(answer.headers), ...facts };
      const { statusCode: status, body } = answer;
      if (status < 300 || status === 416) return { answer, facts };
      body.on('error', () => undefined).destroy();
      const waitMs = waitOf(answer);
      if (waitMs !== undefined && waitMs <= MAX_WAIT_MS && waits++ < MAX_WAITS) {
        await (this.options.sleep ?? sleepFor)(waitMs, signal);
        hops--;
        continue;
      }
      if (status >= 400) throw statusFailure(status, place, answer.headers);
      const next = parse(header(answer.headers, 'location') ?? '', place);
      if (place.protocol === 'https:' && next.protocol !== 'https:')
        throw new AttemptFailed('serverError', `${place.host} redirects to an unencrypted address`);
      place = next;
    }
    throw new AttemptFailed('serverError', `more than ${MAX_REDIRECTS} redirects`);
  }

  private async ask(
    url: URL,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>>,
  ): Promise<Dispatcher.ResponseData> {
    signal.throwIfAborted();
    // Loaded when it is first needed: most runs of the engine download nothing.
    const { openAgent } = await import('./httpAgent.js');
    this.agent ??= openAgent(this.timeouts);
    const { token } = this.options;
    const authorization =
      token?.origin === url.origin ? { authorization: `Bearer ${token.token}` } : undefined;
    try {
      return await this.agent(url, { signal, headers: { ...headers, ...authorization } });
    } catch (error) {
      signal.throwIfAborted();
      throw httpFailure(error, 'unreachable');
    }
  }
}

async function sleepFor(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal });
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

function parse(url: string, base?: URL): URL {
  try {
    const parsed = new URL(url, base);
    if (parsed.protocol === 'https:' || parsed.protocol === 'http:') return parsed;
  } catch {
    // falls through: the sentence is the same
  }
  throw new AttemptFailed('unreachable', `not a web address: ${url.slice(0, 200)}`);
}
