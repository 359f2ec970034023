import type { Language } from '@vscode/tree-sitter-wasm';

/** Fewer letters are one slip away from too many names. */
const MIN_LENGTH = 3;
const KEYWORD = /^[a-z]+$/i;

const known = new WeakMap<Language, readonly string[]>();

/** The words that a grammar asks for by their letters: `return`, `function`. Read once for each grammar. */
export function keywordsOf(language: Language): readonly string[] {
  let keywords = known.get(language);
  if (keywords === undefined) {
    const ids = Array.from({ length: language.nodeTypeCount }, (_, id) => id);
    const words = ids
      .filter((id) => !language.nodeTypeIsNamed(id))
      .map((id) => language.nodeTypeForId(id) ?? '');
    keywords = [...new Set(words.filter((word) => word.length >= MIN_LENGTH && KEYWORD.test(word)))];
    known.set(language, keywords);
  }
  return keywords;
}
