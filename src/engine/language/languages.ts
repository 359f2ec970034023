import { BUILT_IN_LANGUAGES } from './builtInLanguages.js';
import { EXTENSION_LANGUAGES } from './extensionLanguages.js';
import type { LanguageRow } from './language.js';

/** The one table that everything about comments, brackets, indentation, file names and fences is read from. */
export const LANGUAGES: Readonly<Record<string, LanguageRow>> = {
  ...BUILT_IN_LANGUAGES,
  ...EXTENSION_LANGUAGES,
};
