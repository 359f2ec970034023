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

const schemas: { readonly [Name in keyof BrowserSettings]: z.ZodMiniType<BrowserSettings[Name]> } = {
  temperature: z.union([auto, z.number().check(z.gte(0), z.lte(MAX_TEMPERATURE))]),
  maxTokens: z.union([auto, z.int().check(z.gte(1))]),
  thinking: z.enum(['auto', 'on', 'off']),
  systemPrompt: z.string(),
  theme: z.enum(['auto', 'light', 'dark']),
  language: z.enum(['auto', ...LANGUAGES]),
};

/**
 * Reads settings from the browser's storage. Each one that is damaged, or that an older page didn't know, gets its
 * default. (`z.catch` would do this too, but adds 10 kB to the page.)
 * @param text JSON, or `undefined` where there is none yet
 */
export function readSettings(text: string | undefined): BrowserSettings {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '{}');
  } catch {
    return DEFAULT_SETTINGS;
  }
  const fields: Readonly<Record<string, unknown>> = z.looseObject({}).safeParse(value).data ?? {};
  const valid = Object.entries(schemas)
    .filter(([name, schema]) => schema.safeParse(fields[name]).success)
    .map(([name]) => [name, fields[name]]);
  return { ...DEFAULT_SETTINGS, ...(Object.fromEntries(valid) as Partial<BrowserSettings>) };
}
