import assert from 'node:assert/strict';
import { makeTinyModel } from '../../fixtures/gguf/make.js';
import { scriptedCoder } from '../../fixtures/gguf/scriptedCoder.js';
import { ServeProcess } from './serveProcess.js';

/** The API key of the server that requires one. */
export const API_KEY = 'a secret';

const servers = new Map<string, Promise<ServeProcess>>();

function shared(name: string, start: () => Promise<ServeProcess>): Promise<ServeProcess> {
  const server = servers.get(name) ?? start();
  servers.set(name, server);
  return server;
}

/** The server with the scripted coder, the same one for all tests that need no other. */
export function coderServer(): Promise<ServeProcess> {
  return shared('coder', async () =>
    ServeProcess.start(['--model', await scriptedCoder(), '--context', '2048']),
  );
}

/** As {@link coderServer}, open to other machines and with an API key. */
export function keyedServer(): Promise<ServeProcess> {
  return shared('keyed', async () =>
    ServeProcess.start(['--model', await scriptedCoder(), '--host', '0.0.0.0', '--api-key', API_KEY]),
  );
}

/** A server whose model has no infill tokens and a small context. */
export function plainServer(): Promise<ServeProcess> {
  return shared('plain', async () => {
    const model = await makeTinyModel({
      architecture: 'llama',
      replies: [
        { after: '\n\n', text: 'Hello there, how are you?' },
        { after: ',', text: ' 5, 6' },
      ],
    });
    return ServeProcess.start(['--model', model, '--context', '256', '--queue', '1000']);
  });
}

after(async () => {
  for (const server of servers.values()) assert.equal(await (await server).stop(), 0);
});
