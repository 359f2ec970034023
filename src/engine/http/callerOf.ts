import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** Who a request is from, as far as callers can be told apart: by the name that they give, or by their connection. */
export function callerOf(context: Context, name?: string | null): string {
  if (name != null && name !== '') return `name:${name}`;
  const { address = '', port = 0 } = getConnInfo(context).remote;
  return `${address}:${port}`;
}
