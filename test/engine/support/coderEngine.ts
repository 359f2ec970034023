import assert from 'node:assert/strict';
import { scriptedCoder } from '../../fixtures/gguf/scriptedCoder.js';
import { EngineProcess } from './engineProcess.js';

let engine: Promise<EngineProcess> | undefined;

/** The engine process with the scripted coder, the same one for all tests that need no other. */
export function coderEngine(): Promise<EngineProcess> {
  engine ??= scriptedCoder().then((model) =>
    EngineProcess.start({ chatModel: model, completionModel: model, gpu: 'off' }),
  );
  return engine;
}

after(async () => {
  if (engine !== undefined) assert.equal(await (await engine).stop(), 0);
});
