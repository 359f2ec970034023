import * as z from 'zod/mini';
import type { EngineSettings } from '../../protocol/settings.js';

const count = z.int().check(z.minimum(0));

const FIELDS: { readonly [Name in keyof EngineSettings]: z.ZodMiniType<EngineSettings[Name]> } = {
  chatModel: z.string(),
  completionModel: z.string(),
  remoteUrl: z.string(),
  remoteModel: z.string(),
  contextSize: count,
  modelsFolder: z.string(),
  sources: z.array(z.string()),
  gpu: z.enum(['auto', 'cuda', 'vulkan', 'metal', 'off']),
  threads: count,
  unloadAfter: z.number().check(z.minimum(0)),
  completionExclude: z.array(z.string()),
  completionExcludeByFolder: z.record(z.string(), z.array(z.string())),
  completionMaxLines: z.int().check(z.minimum(1)),
  completionLatencyGoal: z.number().check(z.minimum(0)),
  supportsPartialResults: z.boolean(),
  typescriptLibrary: z.string(),
  chatThinking: z.enum(['auto', 'on', 'off']),
  chatSystemPrompt: z.string(),
  chatTemperature: z.number(),
};

/**
 * What of a client's settings can be used: known names with valid values. Any LSP client may send anything; what can't
 * be used is left out, so that the value before it stays.
 */
export function checkedSettings(given: unknown): Partial<EngineSettings> {
  const settings = z.record(z.string(), z.unknown()).safeParse(given);
  if (!settings.success) return {};
  const usable = Object.entries(FIELDS).filter(
    ([name, field]) => Object.hasOwn(settings.data, name) && field.safeParse(settings.data[name]).success,
  );
  return Object.fromEntries(usable.map(([name]) => [name, settings.data[name]]));
}

/** The key of a remote model's server, which an editor may send with its settings; it is none of them. */
export function remoteKeyIn(given: unknown): string {
  const options = z.object({ remoteKey: z.string() }).safeParse(given);
  return options.success ? options.data.remoteKey : '';
}
