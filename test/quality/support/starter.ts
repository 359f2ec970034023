import assert from 'node:assert/strict';
import { EngineProcess } from '../../engine/support/engineProcess.js';
import { testModel } from '../../engine/support/testModels.js';
import { ServeProcess } from '../../http/support/serveProcess.js';

/** The model that users start with. */
export const STARTER = 'qwen2.5-coder-0.5b';

let engine: Promise<EngineProcess> | undefined;
let server: Promise<ServeProcess> | undefined;

/** The engine process with the starter, the same one for all tests of this kind. */
export function starterEngine(): Promise<EngineProcess> {
  engine ??= testModel(STARTER).then((model) =>
    EngineProcess.start({ chatModel: model, completionModel: model }),
  );
  return engine;
}

/** The HTTP server with the starter, the same one for all tests of this kind. */
export function starterServer(): Promise<ServeProcess> {
  server ??= testModel(STARTER).then((model) => ServeProcess.start(['--model', model]));
  return server;
}

after(async () => {
  if (engine !== undefined) assert.equal(await (await engine).stop(), 0);
  if (server !== undefined) assert.equal(await (await server).stop(), 0);
});
