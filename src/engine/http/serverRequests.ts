import type { Connection } from 'vscode-languageserver/node';
import { StartServerRequest, StopServerRequest } from '../../protocol/server.js';
import { answerRequest } from '../cancellation.js';
import type { Engine } from '../engine.js';
import type { HttpServer } from './httpServer.js';

/** Opens and closes the HTTP server for an editor, on the weights that the editor uses itself. */
export function registerServer(connection: Connection, engine: Engine, version: string): void {
  let starting: Promise<HttpServer> | undefined;
  connection.onRequest(StartServerRequest, ({ host, port }, token) =>
    answerRequest(token, async () => {
      if (starting === undefined) {
        // Read only now: most users never open it.
        const opened = import('./httpServer.js').then(({ HttpServer: Server }) =>
          Server.start(engine, { host, port, version }),
        );
        starting = opened;
        opened.catch(() => {
          if (starting === opened) starting = undefined;
        });
      }
      return { url: (await starting).url };
    }),
  );
  connection.onRequest(StopServerRequest, (token) =>
    answerRequest(token, async () => {
      const server = await starting?.catch(() => undefined);
      starting = undefined;
      await server?.stop();
      return server !== undefined;
    }),
  );
}
