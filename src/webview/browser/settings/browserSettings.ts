import * as z from 'zod/mini';
import { LANGUAGES, type Language } from '../words/wordsFor.js';

/** What a user can choose; stored in the browser. `auto` leaves it to the model, or to the system. */
export interface BrowserSettings {
  /** 0…2. */
  readonly temperature: number | 'auto';
  /** Of an answer, at least 1. */
  readonly maxTokens: number | 'auto';
  readonly thinking: 'auto' | 'on' | 'off';
  readonly systemPrompt: string;
  readonly theme: 'auto' | 'light' | 'dark';
  readonly language: Language | 'auto';
}

export const DEFAULT_SETTINGS: BrowserSettings = {
  temperature: 'auto',
  maxTokens: 'auto',
  thinking: 'auto',
  systemPrompt: '',
  theme: 'auto',
  language: 'auto',
};

export const MAX_TEMPERATURE = 2;

const auto = z.literal('auto');

/** Each setting that is damaged, or that an older page didn't know, gets its default. */
const stored: z.ZodMiniType<BrowserSettings> = z.object({
  temperature: orDefault('temperature', z.union([auto, z.number().check(z.gte(0), z.lte(MAX_TEMPERATURE))])),
  maxTokens: orDefault('maxTokens', z.union([auto, z.int().check(z.gte(1))])),
  thinking: orDefault('thinking', z.enum(['auto', 'on', 'off'])),
  systemPrompt: orDefault('systemPrompt', z.string()),
  theme: orDefault('theme', z.enum(['auto', 'light', 'dark'])),
  language: orDefault('language', z.enum(['auto', ...LANGUAGES])),
});

function orDefault<Name extends keyof BrowserSettings>(
  name: Name,
  schema: z.ZodMiniType<BrowserSettings[Name]>,
): z.ZodMiniType<BrowserSettings[Name]> {
  return z.catch(schema, DEFAULT_SETTINGS[name]);
}

/** Reads settings from the browser's storage. @param text JSON, or `undefined` where there is none yet */
export function readSettings(text: string | undefined): BrowserSettings {
  try {
    return stored.safeParse(JSON.parse(text ?? '{}')).data ?? DEFAULT_SETTINGS;
  } catch {
    return DEFAULT_SETTINGS;
  }
}
