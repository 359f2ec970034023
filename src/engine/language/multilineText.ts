/** Strings over several lines and here-documents, whose lines mean what they look like. */
import { languageOf } from './languageOf.js';
import type { TextAround } from './textAround.js';

const HEREDOC = /<<<?[-~]?[ \t]*(["'`]?)([A-Za-z_]\w*)\1/g;
const HEREDOC_LANGUAGES = new Set([
  'shellscript',
  'ruby',
  'perl',
  'perl6',
  'php',
  'terraform',
  'dockerfile',
  'crystal',
]);
const QUOTES = /"""|'''/g;
const TEMPLATE_LANGUAGES = new Set([
  'javascript',
  'javascriptreact',
  'typescript',
  'typescriptreact',
  'go',
  'vue',
  'svelte',
]);

/** The word that ends the here-document that the cursor is in; `undefined` outside of one. */
export function heredocEnd({ languageId, prefix, linePrefix }: TextAround): string | undefined {
  if (!HEREDOC_LANGUAGES.has(languageOf(languageId).id) || !prefix.includes('<<')) return undefined;
  const above = prefix.slice(0, prefix.length - linePrefix.length);
  let end: string | undefined;
  for (const line of above.split('\n')) {
    if (end !== undefined) {
      if (line.trim().replace(/;$/, '') === end) end = undefined;
    } else if (!/^\s*(?:#|\/\/)/.test(line)) end = [...line.matchAll(HEREDOC)].at(-1)?.[2];
  }
  return end;
}

/** Whether the cursor's line begins inside a string over several lines, or in a here-document. */
export function isInText(around: TextAround): boolean {
  const { languageId, prefix, linePrefix } = around;
  const above = prefix.slice(0, prefix.length - linePrefix.length);
  if (isInside(above.match(QUOTES) ?? [])) return true;
  if (TEMPLATE_LANGUAGES.has(languageOf(languageId).id)) {
    const ticks = above.match(/(?<!\\)`/g) ?? [];
    if (ticks.length % 2 === 1) return true;
  }
  return heredocEnd(around) !== undefined;
}

/** Whether the last of the quotes opens a string. The other kind of quotes is text inside. */
function isInside(quotes: readonly string[]): boolean {
  let open = '';
  for (const quote of quotes) {
    if (open === '') open = quote;
    else if (open === quote) open = '';
  }
  return open !== '';
}
