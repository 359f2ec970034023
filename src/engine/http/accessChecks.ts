import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { ApiError } from './apiError.js';
import { createHash, timingSafeEqual } from 'node:crypto';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** Whether an address can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * Refuses what web pages of other sites send. A page can reach a server on the user's machine, directly or by a name of
 * its own that it has resolve to this address (DNS rebinding): but its browser then names that other origin or host.
 * @param host that the server listens at
 * @param hasKey whether callers have to know a key; then names that the server can't know of are accepted
 */
export function hostCheck(host: string, hasKey: boolean): MiddlewareHandler {
  const names = [...LOOPBACK_NAMES, host, host.includes(':') ? `[${host}]` : host].map((name) =>
    name.toLowerCase(),
  );
  return async (context, next) => {
    // Browsers always send it; a load balancer that asks with HTTP/1.0 has none to send.
    const asked = context.req.header('host');
    const name = asked?.replace(/:\d+$/, '').toLowerCase();
    if (!hasKey && name !== undefined && !names.includes(name))
      throw forbidden('host_not_allowed', `This server doesn't accept requests for the host "${asked}".`);
    const origin = context.req.header('origin');
    const isOwn = origin === undefined || origin === `http://${asked}` || origin === `https://${asked}`;
    const site = context.req.header('sec-fetch-site');
    const isNavigation = context.req.header('sec-fetch-mode') === 'navigate' && context.req.method === 'GET';
    const isForeign = site === 'cross-site' || site === 'same-site';
    if (!isOwn || (isForeign && !isNavigation))
      throw forbidden('origin_not_allowed', 'This server doesn’t accept requests from pages of other sites.');
    await next();
  };
}

function forbidden(code: string, message: string): ApiError {
  return new ApiError(403, 'permission_error', code, message);
}

/** Asks for a key, as `Authorization: Bearer KEY` or `X-API-Key: KEY`. Compared in a time that tells nothing of it. */
export function keyCheck(key: string): MiddlewareHandler {
  const wanted = digest(key);
  return async (context, next) => {
    const bearer = /^Bearer +(.+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
    const given = bearer ?? context.req.header('x-api-key');
    if (given === undefined || !timingSafeEqual(digest(given.trim()), wanted)) {
      context.header('WWW-Authenticate', 'Bearer');
      throw new ApiError(
        401,
        'authentication_error',
        'invalid_api_key',
        given === undefined
          ? 'This server requires an API key. Send it as "Authorization: Bearer KEY".'
          : 'The API key is wrong.',
      );
    }
    await next();
  };
}

/** Of one length whatever the key's is. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
