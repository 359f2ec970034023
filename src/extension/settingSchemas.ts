import * as z from 'zod/mini';
import type { EngineSettings } from '../protocol/settings.js';

/** Items that aren't strings are left out; the others count. */
const patterns = z.pipe(
  z.array(z.unknown()),
  z.transform((items) => items.filter((item) => typeof item === 'string') as readonly string[]),
);
const strings: z.ZodMiniType<readonly string[]> = z.array(z.string());
const gpu: z.ZodMiniType<EngineSettings['gpu']> = z.enum(['auto', 'cuda', 'vulkan', 'metal', 'off']);
const thinking: z.ZodMiniType<EngineSettings['chatThinking']> = z.enum(['auto', 'on', 'off']);
const integer = (min: number, max: number): z.ZodMiniType<number> =>
  z.int().check(z.minimum(min), z.maximum(max));

/** What each setting may be: the same as in package.json, which a test compares. */
export const SETTING_SCHEMAS = {
  'completion.enabled': z.boolean(),
  'completion.exclude': patterns,
  'completion.maxLines': integer(1, 60),
  'completion.latencyGoal': integer(100, 5000),
  'model.chat': z.string(),
  'model.completion': z.string(),
  'remote.url': z.string(),
  'remote.model': z.string(),
  'model.contextSize': integer(0, 131_072),
  'model.folder': z.string(),
  'model.sources': strings,
  'engine.gpu': gpu,
  'engine.threads': integer(0, 256),
  'engine.unloadAfter': integer(0, 10_080),
  'server.port': integer(0, 65_535),
  'server.host': z.string(),
  'chat.thinking': thinking,
  'chat.systemPrompt': z.string(),
  'chat.temperature': z.number().check(z.minimum(-1), z.maximum(2)),
  'terminal.offer': z.boolean(),
};

export type SettingName = keyof typeof SETTING_SCHEMAS;

export type SettingValue<N extends SettingName> = z.output<(typeof SETTING_SCHEMAS)[N]>;

export const SETTING_DEFAULTS: { readonly [N in SettingName]: SettingValue<N> } = {
  'completion.enabled': true,
  'completion.exclude': [],
  'completion.maxLines': 12,
  'completion.latencyGoal': 400,
  'model.chat': 'auto',
  'model.completion': 'auto',
  'remote.url': '',
  'remote.model': '',
  'model.contextSize': 0,
  'model.folder': '',
  'model.sources': [],
  'engine.gpu': 'auto',
  'engine.threads': 0,
  'engine.unloadAfter': 30,
  'server.port': 8737,
  'server.host': '127.0.0.1',
  'chat.thinking': 'auto',
  'chat.systemPrompt': '',
  'chat.temperature': -1,
  'terminal.offer': true,
};

/** Whether a value from a settings file can be used. */
export function isValidSetting(name: SettingName, value: unknown): boolean {
  return SETTING_SCHEMAS[name].safeParse(value).success;
}

/** The value if it can be used, else the default. */
export function checkedSetting<N extends SettingName>(name: N, value: unknown): SettingValue<N> {
  const { success, data } = SETTING_SCHEMAS[name].safeParse(value);
  // The schema of a name gives that name's type; TypeScript only knows the union of all.
  return success ? (data as SettingValue<N>) : SETTING_DEFAULTS[name];
}
