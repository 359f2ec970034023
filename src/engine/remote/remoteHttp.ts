import type { SecureContext } from 'node:tls';
import { EnvHttpProxyAgent, request, type Dispatcher } from 'undici';
import { EngineError } from '../../protocol/errors.js';
import { trustedContext } from '../certificates.js';
import { delay, type Clock } from '../completion/generation/clock.js';
import { BadStream, readEvents } from './eventReader.js';
import { connectionFailure, remoteFailure, statusFailure } from './remoteFailure.js';
import type { ServerAddress } from './serverAddress.js';
import { Deadline, TIME_LIMITS, WAITING_CLOCK, type TimeLimits } from './timeLimits.js';

const RETRIES = 2;
const FIRST_WAIT_MS = 250;
/** A server that asks for a longer wait is busy, as far as a person at a keyboard is concerned. */
const MAX_WAIT_MS = 5_000;
/** Nothing was done yet: the same request may be sent again. */
const RETRIED_STATUS = new Set([429, 502, 503, 504]);
/** An error's text, or a list of models. */
const MAX_TEXT = 2_000_000;

export interface RemoteHttpOptions {
  readonly address: ServerAddress;
  /** Asked for each request; empty for none. */
  readonly key: () => string;
  readonly limits?: TimeLimits;
  readonly clock?: Clock;
  /** Whose certificates are trusted; left out: the machine's, as for downloads. */
  readonly secureContext?: SecureContext;
  /** From 0 to 1. */
  readonly random?: () => number;
}

/** Requests to one server: with its key, time limits, and retries where they are safe. Follows no redirect. */
export class RemoteHttp {
  private readonly dispatcher: Dispatcher;
  private readonly limits: TimeLimits;
  private readonly clock: Clock;

  constructor(private readonly options: RemoteHttpOptions) {
    this.limits = options.limits ?? TIME_LIMITS;
    this.clock = options.clock ?? WAITING_CLOCK;
    // The limits are this class's own; a server may take long for a first token.
    const { secureContext = trustedContext() } = options;
    this.dispatcher = new EnvHttpProxyAgent({
      connect: { timeout: this.limits.connectMs, secureContext },
      requestTls: { secureContext },
      proxyTls: { secureContext },
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  get host(): string {
    return this.options.address.host;
  }

  /**
   * A small answer, whole.
   * @param body sent by POST; left out: GET
   * @throws EngineError `remoteFailed`; the signal's reason
   */
  async json(path: string, signal: AbortSignal, body?: object): Promise<unknown> {
    const { connectMs, firstMs } = this.limits;
    // What is sent may have to be evaluated.
    const deadline = new Deadline(signal, this.host, this.clock, body === undefined ? connectMs : firstMs);
    try {
      const response = await this.send(path, body, deadline.signal);
      const text = await this.textOf(response);
      if (response.statusCode !== 200) throw this.refusal(response, text);
      return this.parsed(text);
    } catch (error) {
      throw this.explained(error, deadline.signal);
    } finally {
      deadline.close();
    }
  }

  /**
   * The events of a streamed answer. Ending the iteration, or an abort, closes the connection: the server sees it.
   * @returns whether the server has marked the end
   * @throws as {@link json}
   */
  async *stream(
    path: string,
    body: object,
    format: 'sse' | 'lines',
    signal: AbortSignal,
  ): AsyncGenerator<unknown, boolean> {
    const { firstMs, betweenMs, wholeMs } = this.limits;
    const deadline = new Deadline(signal, this.host, this.clock, wholeMs);
    let response: Dispatcher.ResponseData | undefined;
    try {
      const begin = (): void => deadline.within(firstMs, 'first token');
      response = await this.sendPatiently(path, body, deadline.signal, begin);
      const type = String(response.headers['content-type'] ?? '');
      if (/html/i.test(type)) throw new BadStream('a web page');
      const events = readEvents(response.body, format);
      for (;;) {
        const event = await events.next();
        if (event.done === true) return event.value === 'done';
        deadline.within(betweenMs, 'next token');
        yield event.value;
      }
    } catch (error) {
      throw this.explained(error, deadline.signal, response !== undefined);
    } finally {
      deadline.close();
      response?.body.on('error', () => undefined).destroy();
    }
  }

  async close(): Promise<void> {
    await this.dispatcher.destroy();
  }

  private async sendPatiently(
    path: string,
    body: object,
    signal: AbortSignal,
    onAttempt: () => void,
  ): Promise<Dispatcher.ResponseData> {
    for (let attempt = 0; ; attempt++) {
      onAttempt();
      const wait = this.waitBefore(attempt + 1);
      const isLast = attempt >= RETRIES;
      let response: Dispatcher.ResponseData;
      try {
        response = await this.send(path, body, signal);
      } catch (error) {
        signal.throwIfAborted();
        const failure = connectionFailure(this.host, error);
        if (isLast || !isUnreachable(failure)) throw failure;
        await delay(this.clock, wait, signal);
        continue;
      }
      if (response.statusCode === 200) return response;
      const asked = Number(response.headers['retry-after'] ?? 0) * 1000;
      const text = await this.textOf(response);
      if (isLast || !RETRIED_STATUS.has(response.statusCode) || !(asked <= MAX_WAIT_MS))
        throw this.refusal(response, text);
      await delay(this.clock, Math.max(asked, wait), signal);
    }
  }

  /** Twice as long each time, and each client at another moment. */
  private waitBefore(attempt: number): number {
    return FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + (this.options.random ?? Math.random)());
  }

  private send(
    path: string,
    body: object | undefined,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const key = this.options.key();
    return request(this.options.address.at(path), {
      dispatcher: this.dispatcher,
      signal,
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'user-agent': 'youtu-code',
        'accept-encoding': 'identity',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  private async textOf({ body }: Dispatcher.ResponseData): Promise<string> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_TEXT) break;
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  private refusal({ statusCode, headers }: Dispatcher.ResponseData, text: string): EngineError {
    const { location = '' } = headers;
    // Some servers repeat the key that they reject; an error is shown and logged.
    const key = this.options.key();
    const withoutKey = (said: string): string => (key === '' ? said : said.replaceAll(key, '…'));
    return statusFailure(this.host, statusCode, withoutKey(text), withoutKey(String(location)));
  }

  private parsed(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw remoteFailure(this.host, 'notUnderstood', /^\s*</.test(text) ? 'a web page' : 'no JSON');
    }
  }

  private explained(error: unknown, signal: AbortSignal, hasBegun = false): unknown {
    if (signal.aborted) return signal.reason;
    if (error instanceof EngineError) return error;
    if (error instanceof BadStream) return remoteFailure(this.host, 'notUnderstood', error.message);
    const failure = connectionFailure(this.host, error);
    return hasBegun && isUnreachable(failure) ? remoteFailure(this.host, 'interrupted') : failure;
  }
}

function isUnreachable({ data }: EngineError): boolean {
  return data.kind === 'remoteFailed' && data.reason === 'unreachable';
}
