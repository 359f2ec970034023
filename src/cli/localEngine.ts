import type { ContextProvider } from '../engine/completion/prompt/contextProvider.js';
import type { FixChecks } from '../engine/edit/fix/fixTask.js';
import { Engine } from '../engine/engine.js';
import { DEFAULT_SETTINGS, type EngineSettings } from '../protocol/settings.js';
import type { CommandContext } from './commandContext.js';
import { deviceProblems } from './deviceText.js';
import { skippedModels } from './errors.js';

export interface LocalEngineOptions {
  /** A catalogue id or a path; default: the best that is installed. */
  readonly model?: string;
  readonly gpu?: EngineSettings['gpu'];
  /** Other settings. */
  readonly settings?: Partial<EngineSettings>;
  readonly fixChecks?: FixChecks;
  /** Reads other files for completions. */
  readonly contextProvider?: ContextProvider;
  /** Whether all lines of the log are shown, not only errors. */
  readonly verbose?: boolean;
  /** As the engine's option. */
  readonly hangMs?: number;
}

/** An engine in this process, for commands that use a model. */
async function localEngine(
  { installed, catalogue, terminal, folder }: CommandContext,
  { model, gpu, settings = {}, fixChecks, contextProvider, verbose = false, hangMs }: LocalEngineOptions,
): Promise<Engine> {
  const tell = (sentence: string): void => terminal.writeNote(`${sentence}\n`);
  const listeners = [skippedModels(tell), deviceProblems(tell)];
  const engine = new Engine({
    ...(contextProvider === undefined ? {} : { contextProvider }),
    ...(fixChecks === undefined ? {} : { fixChecks }),
    ...(hangMs === undefined ? {} : { hangMs }),
    store: installed,
    catalogue,
    onStatus: (status) => {
      for (const listener of listeners) listener(status);
    },
    log: (level, message) => {
      if (verbose || level === 'error' || level === 'fatal')
        terminal.writeNote(`${level}: ${message.trimEnd()}\n`);
    },
  });
  await engine.configure({
    ...settings,
    chatModel: model ?? DEFAULT_SETTINGS.chatModel,
    completionModel: model ?? DEFAULT_SETTINGS.completionModel,
    gpu: gpu ?? DEFAULT_SETTINGS.gpu,
    modelsFolder: folder,
  });
  return engine;
}

/** Runs some work with an engine and frees the engine's memory afterwards. */
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
