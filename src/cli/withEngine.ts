import type { Engine } from '../engine/engine.js';
import type { CommandContext } from './commandContext.js';
import { localEngine, type LocalEngineOptions } from './localEngine.js';

/** Opens an engine for a piece of work, and gives its memory back whatever comes of it. */
export async function withEngine<T>(
  context: CommandContext,
  options: LocalEngineOptions,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await localEngine(context, options);
  try {
    return await work(engine);
  } finally {
    await engine.host.unload();
  }
}
