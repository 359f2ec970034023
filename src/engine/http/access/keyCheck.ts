import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { ApiError } from '../apiError.js';

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
          ? 'This server needs an API key: send it as "Authorization: Bearer KEY".'
          : 'The API key is not the one that this server was started with.',
      );
    }
    await next();
  };
}

/** Of one length whatever the key's is. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
