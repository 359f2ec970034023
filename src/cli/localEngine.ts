import { DEFAULT_SETTINGS, type EngineSettings } from '../protocol/settings.js';
import type { CompletionSurroundings } from '../engine/completion/completionSurroundings.js';
import { Engine } from '../engine/engine.js';
import type { CommandContext } from './commandContext.js';

/** An engine in this process, for commands that use a model. `model` is a catalogue id or a path. */
export async function localEngine(
  { installed, terminal, folder }: CommandContext,
  { model, gpu, verbose = false }: { model?: string; gpu?: EngineSettings['gpu']; verbose?: boolean },
  surroundings?: CompletionSurroundings,
): Promise<Engine> {
  const engine = new Engine({
    ...(surroundings === undefined ? {} : { surroundings }),
    store: installed,
    onStatus: () => undefined,
    log: (level, message) => {
      if (verbose || level === 'error' || level === 'fatal')
        terminal.writeNote(`${level}: ${message.trimEnd()}\n`);
    },
  });
  await engine.configure({
    chatModel: model ?? DEFAULT_SETTINGS.chatModel,
    completionModel: model ?? DEFAULT_SETTINGS.completionModel,
    gpu: gpu ?? DEFAULT_SETTINGS.gpu,
    modelsFolder: folder,
  });
  return engine;
}
