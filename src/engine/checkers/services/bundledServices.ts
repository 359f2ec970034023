/** Checkers that are a part of this program: they parse the text, and neither start nor load anything else. */
import type { CheckFile, CheckerProblem, LanguageChecker } from '../checker.js';

/** A longer text would keep the engine's only thread from its other work for half a second. */
const MAX_TEXT_LENGTH = 300_000;

type Check = (file: CheckFile) => Promise<readonly CheckerProblem[]>;

/** Each is loaded when it is needed first. */
export const BUNDLED_SERVICES: readonly LanguageChecker[] = [
  service('json', ['json', 'jsonc'], async () => (await import('./json.js')).checkJson),
  service('css', ['css', 'scss', 'less'], async () => (await import('./css.js')).checkCss),
  service('html', ['html'], async () => (await import('./html.js')).checkHtml),
];

function service(name: string, languageIds: readonly string[], load: () => Promise<Check>): LanguageChecker {
  return {
    name,
    languageIds,
    needsTrust: false,
    isAvailable: () => Promise.resolve(true),
    check: async (file) => (file.text.length > MAX_TEXT_LENGTH ? undefined : (await load())(file)),
  };
}
