import { languageOf } from '../../src/engine/language/languageOf.js';

/** What stands for a character of a string, so that no mutation takes it for code. */
export const IN_STRING = '\u00b7';

/** A text of the same length, without comments and what is in strings: their quotes stay. */
export function maskedCode(text: string, languageId: string): string {
  const { lineComment, blockComment } = languageOf(languageId);
  const escaped = (part: string): string => part.replace(/[^\w\s]/g, '\\$&');
  const comments = [
    ...(lineComment === ''
      ? []
      : [`${lineComment === '#' ? '(?<![\\w$\\\\{[(])' : ''}${escaped(lineComment)}[^\\n]*`]),
    ...(blockComment === undefined ? [] : [blockComment.map(escaped).join('[^]*?')]),
    ...(languageId === 'python' ? ['"""[^]*?"""', "'''[^]*?'''"] : []),
  ];
  const strings = [
    '"(?:\\\\.|[^"\\\\\\n])*"',
    languageId === 'java' || languageId === 'c' || languageId === 'cpp' || languageId === 'go'
      ? "'(?:\\\\[^'\\n]*|[^'\\\\\\n])'"
      : "'(?:\\\\.|[^'\\\\\\n])*'",
    ...(/script|^go$/.test(languageId) ? ['`(?:\\\\[^]|[^`\\\\])*`'] : []),
    // Regular expressions, where a value may begin.
    ...(/script$/.test(languageId) ? ['(?<=[(=,:]\\s*)\\/(?![*/])(?:\\\\.|[^\\/\\\\\\n])+\\/'] : []),
  ];
  const pattern = new RegExp(`(${comments.join('|') || '(?!)'})|${strings.join('|')}`, 'g');
  return text.replace(pattern, (match, comment?: string) =>
    comment === undefined
      ? `${match[0] ?? ''}${match.slice(1, -1).replace(/[^\n]/g, IN_STRING)}${match.at(-1) ?? ''}`
      : match.replace(/[^\n]/g, ' '),
  );
}
