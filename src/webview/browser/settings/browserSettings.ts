import { number, oneOf, text, type Check } from '../../../protocol/shape.js';
import { LANGUAGES, type Language } from '../words/wordsFor.js';

/** What a user can choose; kept in the browser. `auto` leaves it to the model, or to the system. */
export interface BrowserSettings {
  /** 0…2. */
  readonly temperature: number | 'auto';
  /** Of an answer, from 1. */
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

const checks: Readonly<Record<keyof BrowserSettings, Check>> = {
  temperature: (value) =>
    value === 'auto' || (number(value) && Number(value) >= 0 && Number(value) <= MAX_TEMPERATURE),
  maxTokens: (value) => value === 'auto' || (Number.isSafeInteger(value) && Number(value) >= 1),
  thinking: oneOf('auto', 'on', 'off'),
  systemPrompt: text,
  theme: oneOf('auto', 'light', 'dark'),
  language: oneOf('auto', ...LANGUAGES),
};

/** Reads settings back. Each that is damaged, or that an older page didn't know, has its default. */
export function readSettings(kept: string | undefined): BrowserSettings {
  let value: unknown;
  try {
    value = JSON.parse(kept ?? '{}');
  } catch {
    return DEFAULT_SETTINGS;
  }
  if (typeof value !== 'object' || value === null) return DEFAULT_SETTINGS;
  const fields = value as Readonly<Record<string, unknown>>;
  const good = Object.entries(checks)
    .filter(([name, check]) => check(fields[name]))
    .map(([name]) => [name, fields[name]]);
  return { ...DEFAULT_SETTINGS, ...(Object.fromEntries(good) as Partial<BrowserSettings>) };
}
