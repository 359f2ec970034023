import type { BrowserWords } from './browserWords.js';
import { CHINESE } from './chinese.js';
import { ENGLISH } from './english.js';

export const LANGUAGES = ['en', 'zh-cn'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language's name is written in itself, for those who can't read the others. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', 'zh-cn': '简体中文' };

const WORDS: Readonly<Record<Language, BrowserWords>> = { en: ENGLISH, 'zh-cn': CHINESE };

/**
 * The page's words in the language that was chosen, otherwise in the first of the browser's that the page knows.
 * @param preferred BCP 47, as in `navigator.languages`
 */
export function wordsFor(choice: Language | 'auto', preferred: readonly string[]): BrowserWords {
  if (choice !== 'auto') return WORDS[choice];
  for (const language of preferred) {
    const primary = language.toLowerCase().split('-', 1)[0];
    if (primary === 'zh') return WORDS['zh-cn'];
    if (primary === 'en') return WORDS.en;
  }
  return WORDS.en;
}
