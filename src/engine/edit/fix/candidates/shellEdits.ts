/** Ways to correct a shell's words on one line. */
import type { CodePart } from './codePart.js';

/** The word that opens a shell's block, what stands before it, and the ends of tests and patterns. */
export function shellWords({ code, rest }: CodePart): string[] {
  const joined = code.replace(/(?<=[^;\s])\s+(then|do)$/, '; $1');
  const test = /(?:^\s*|\b(?:if|elif|while|until)\s+(?:!\s+)?|&&\s*|\|\|\s*)\[\s(?:(?!\s\]).)*$/.test(
    code.replace(/;?\s*(?:then|do)$/, ''),
  )
    ? code.replace(/\s*(;\s*(?:then|do))?$/, ' ]$1')
    : code;
  // Of a `case`, in which one semicolon ends nothing.
  const end = code.replace(/(?<=^\s*);$/, ';;');
  const pattern = /^\s*[\w.*?|"'\-/ ]+$/.test(code) ? `${code})` : code;
  const first = /^\s*(if|elif|for|while|until)\b/.exec(code)?.[1];
  const opened =
    first === undefined || /\b(?:then|do)\s*$/.test(code)
      ? code
      : `${code.replace(/\s*;$/, '')}; ${/if/.test(first) ? 'then' : 'do'}`;
  const part = code.replace(/(?<=(?:^|\s)\[\s(?:(?!\s\]|&&|\|\|).)*)(?<!\])(\s+(?:&&|\|\|)\s)/, ' ]$1');
  const double = code.replace(/(\[\[\s.*\s)\](?!\])/, '$1]]');
  return [opened, joined, test, double, part, end, pattern]
    .filter((each) => each !== code)
    .map((each) => each + rest);
}
