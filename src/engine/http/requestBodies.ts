import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { ApiError, invalidRequest } from './apiError.js';
import { BodyBudget } from './bodyBudget.js';
import { decoderFor } from './contentEncoding.js';

/** Of one body, compressed and decompressed. */
const MAX_BYTES = 4 * 1024 * 1024;

/** What Node's server gives beside the request. */
interface NodeExchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** Reads the bodies of requests, each within its limit and all of them within the budget. */
export class RequestBodies {
  constructor(
    private readonly budget: BodyBudget = new BodyBudget(),
    private readonly maxBytes: number = MAX_BYTES,
  ) {}

  /**
   * Reads a body and decompresses it. It keeps its share of the budget until its request is answered, since its text
   * is in use for so long.
   * @throws ApiError 400, 413, 415, 429; the request's abort reason
   */
  async read(context: Context): Promise<Buffer> {
    const { maxBytes } = this;
    const { incoming, outgoing } = context.env as NodeExchange;
    const decode = decoderFor(context.req.header('content-encoding'));
    const declared = context.req.header('content-length');
    const length = declared === undefined ? maxBytes : Number(declared);
    if (length > maxBytes) throw tooLarge('body', maxBytes);
    const { address = '' } = getConnInfo(context).remote;
    // A body of unknown size counts as one of the largest; a compressed one is held twice for a moment.
    const bytes = length + (decode === undefined ? 0 : maxBytes);
    const share = await this.budget.take(address, bytes, context.req.raw.signal);
    if (outgoing.closed) share.release();
    else outgoing.once('close', share.release);
    const received = await readBytes(incoming, maxBytes);
    const body = decode === undefined ? received : await decode(received, maxBytes);
    if (body === undefined) throw tooLarge('decompressed body', maxBytes);
    share.shrink(body.length);
    return body;
  }
}

/**
 * What comes beyond the limit is read and thrown away: a sender that is still writing when the connection is closed may
 * never see the answer. Node's own time limit for a request bounds that.
 */
async function readBytes(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  // Pieces aren't kept: each would hold the whole of what came with it from the network.
  let store = Buffer.alloc(0);
  let size = 0;
  const over = new Promise<void>((resolve) => {
    incoming.on('data', (piece: Buffer) => {
      const start = size;
      size += piece.length;
      if (size > maxBytes) {
        store = Buffer.alloc(0);
        resolve();
        return;
      }
      if (size > store.length) {
        const before = store;
        store = Buffer.allocUnsafe(Math.min(maxBytes, Math.max(size, 2 * before.length)));
        before.copy(store, 0, 0, start);
      }
      piece.copy(store, start);
    });
  });
  await Promise.race([once(incoming, 'end'), once(incoming, 'close'), over]);
  if (size > maxBytes) throw tooLarge('body', maxBytes);
  if (!incoming.complete) throw invalidRequest('The connection was closed before the body had come.');
  return store.subarray(0, size);
}

function tooLarge(what: string, bytes: number): ApiError {
  return new ApiError(
    413,
    'invalid_request_error',
    'body_too_large',
    `The ${what} is larger than ${Math.round(bytes / 1024)} KiB.`,
  );
}
