import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface SocketLimits {
  readonly connections: number;
  /** Of one address, so that others can connect still. */
  readonly connectionsOfAddress: number;
  /** A client that takes nothing of what is sent for so long, or up to twice as long, is disconnected. */
  readonly stalledMs: number;
}

/**
 * Bounds what connections may take: their number, in all and of one address, and the time for which a client may leave
 * unread what was sent to it. Reading headers and bodies has time limits of Node's own.
 */
export function limitSockets(server: Server, limits: SocketLimits): void {
  const perAddress = new Map<string, number>();
  server.maxConnections = limits.connections;
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (perAddress.get(address) ?? 0) + 1;
    if (count > limits.connectionsOfAddress) {
      socket.destroy();
      return;
    }
    perAddress.set(address, count);
    socket.once('close', () => {
      const left = (perAddress.get(address) ?? 1) - 1;
      if (left > 0) perAddress.set(address, left);
      else perAddress.delete(address);
    });
  });
  server.timeout = limits.stalledMs;
  server.on('request', (_request: IncomingMessage, response: ServerResponse) => {
    // Without a listener, Node ends a connection on which nothing has moved: here an answer may be in the making.
    response.on('timeout', (socket: Socket) => {
      if (socket.writableLength > 0) socket.destroy();
      else socket.setTimeout(limits.stalledMs);
    });
  });
}
