import { EnvHttpProxyAgent, request, type Dispatcher } from 'undici';
import { trustedContext } from '../../certificates.js';

export interface HttpTimeouts {
  /** For the connection: a host that can't be reached must not keep the user waiting. */
  readonly connectMs: number;
  /** From the request to its answer's headers. */
  readonly answerMs: number;
  /** Without a byte in the middle of a file. */
  readonly stallMs: number;
}

/** Asks for a URL; doesn't follow redirects. */
export type HttpAgent = (
  url: URL,
  options: { readonly signal: AbortSignal; readonly headers: Readonly<Record<string, string>> },
) => Promise<Dispatcher.ResponseData>;

/** Proxies come from the environment (HTTPS_PROXY …), as they do for pip; certificates also from the system. */
export function openAgent({ connectMs, answerMs, stallMs }: HttpTimeouts): HttpAgent {
  const secureContext = trustedContext();
  const dispatcher = new EnvHttpProxyAgent({
    connect: { timeout: connectMs, secureContext },
    requestTls: { secureContext },
    proxyTls: { secureContext },
    headersTimeout: answerMs,
    bodyTimeout: stallMs,
    // A connection that stays open would keep the command line from ending.
    keepAliveTimeout: 1,
    keepAliveMaxTimeout: 1,
  });
  return (url, { signal, headers }) =>
    request(url, {
      dispatcher,
      signal,
      headers: { 'user-agent': 'youtu-code', 'accept-encoding': 'identity', ...headers },
    });
}
