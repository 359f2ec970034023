import { languageOf } from '../../language/languageOf.js';

const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Words that go on with a block or end it, and the beginnings of the line that they belong to. */
const WORDS: readonly (readonly [word: RegExp, partner: RegExp])[] = [
  [/^el(?:se|if|sif|seif)\b/, /^(?:if|elif|elsif|elseif|for|while|try|except|unless|when|case)\b/],
  [/^(?:except|finally|rescue|ensure)\b/, /^(?:async with|try|except|begin|def|rescue)\b/],
  [/^(?:case\b.*:|default\s*:)/, /^(?:case\b|default\b)/],
  [/^(?:fi|then)\b/, /^(?:if|elif|else)\b/],
  [/^done\b/, /^(?:for|while|until|select)\b|\bdo$/],
  [/^esac\b/, /^case\b/],
  [
    /^end\b/,
    /^(?:def|class|module|if|elsif|elseif|else|unless|while|until|for|case|begin|(?:local )?function)\b|\bdo(?:\s*\|[^|]*\|)?$|\bfunction\s*\(.*\)$/,
  ],
];

/**
 * What a line that goes on with a block, or ends it, has to find above: a test for the line that the block begins
 * with; `undefined` for a line that does neither.
 */
export function blockPartner(line: string, languageId: string): ((above: string) => boolean) | undefined {
  const text = line.trim();
  const tag = /^<\/([\w.:-]+)>/.exec(text)?.[1];
  if (tag !== undefined) return (above) => above.trim().startsWith(`<${tag}`);
  const opener = OPENING[text[0] ?? ''];
  if (opener !== undefined) return (above) => above.trim().endsWith(opener);
  // Where blocks have braces, what goes on with one stands behind the closing one.
  if (languageOf(languageId).hasBraces && !/^(?:case|default)\b/.test(text)) return undefined;
  const partner = WORDS.find(([word]) => word.test(text))?.[1];
  return partner === undefined ? undefined : (above) => partner.test(above.trim());
}
