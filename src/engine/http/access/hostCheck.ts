import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { ApiError } from '../apiError.js';

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
    const asked = context.req.header('host') ?? '';
    const name = asked.replace(/:\d+$/, '').toLowerCase();
    if (!hasKey && !names.includes(name))
      throw forbidden('host_not_allowed', `This server doesn't answer for the host "${asked}".`);
    const origin = context.req.header('origin');
    const isOwn = origin === undefined || origin === `http://${asked}` || origin === `https://${asked}`;
    const site = context.req.header('sec-fetch-site');
    const isNavigation = context.req.header('sec-fetch-mode') === 'navigate' && context.req.method === 'GET';
    const isForeign = site === 'cross-site' || site === 'same-site';
    if (!isOwn || (isForeign && !isNavigation))
      throw forbidden('origin_not_allowed', 'This server doesn’t answer pages of other sites.');
    await next();
  };
}

function forbidden(code: string, message: string): ApiError {
  return new ApiError(403, 'permission_error', code, message);
}
