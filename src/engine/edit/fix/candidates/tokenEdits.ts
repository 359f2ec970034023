/** Ways to correct one line by one token: a bracket, quote, colon, comma or semicolon too many or too few. */
import { languageOf } from '../../../language/languageOf.js';
import { codePart, type CodePart } from './codePart.js';
import { bracketEdits, doubled, otherClosers } from './bracketEdits.js';
import type { TokenEdits } from './lineTail.js';
import { quoteEdits } from './quoteEdits.js';
import { characterEnds } from './quotePlaces.js';
import {
  colonPlaces,
  commaPlaces,
  isInBrackets,
  semicolonEnds,
  semicolonPlaces,
  typeColons,
} from './separatorEdits.js';
import { shellWords } from './shellEdits.js';

const BLOCK_WITH_COLON =
  /^\s*(?:(?:async\s+)?(?:def|for|with)|class|if|elif|else|while|try|except|finally|match|case)\b/;
/** A single quote holds one character, or nothing. */
const ONLY_DOUBLE = new Set(['json', 'jsonc', 'c', 'cpp', 'cuda-cpp', 'java', 'go', 'rust', 'csharp']);
/** Without Rust, whose lifetimes begin in the same way. */
const WITH_CHARACTERS = new Set(['c', 'cpp', 'cuda-cpp', 'java', 'go', 'csharp']);
const WITH_SEMICOLONS = new Set([
  'c',
  'cpp',
  'java',
  'php',
  'rust',
  'css',
  'scss',
  'less',
  'csharp',
  'cuda-cpp',
]);

/** Languages in which an object can't stand by itself. */
const WITH_RETURN = new Set([
  'javascript',
  'javascriptreact',
  'typescript',
  'typescriptreact',
  'python',
  'go',
  'php',
]);

/** What a line's text doesn't tell. */
export interface LineContext {
  /** Strings of this text are rather in double quotes. */
  readonly isDouble: boolean;
  /** A round or square bracket is open where the line begins. */
  readonly isInList: boolean;
  /** How often each word is in the text's code. */
  readonly names: ReadonlyMap<string, number>;
}

const BLOCK_END = /^(?:go|c|cpp|cuda-cpp|java|csharp|(?:java|type)script(?:react)?)$/;

export function tokenEdits(
  line: string,
  languageId: string,
  { isDouble, isInList, names }: LineContext,
): readonly TokenEdits[] {
  const part = codePart(line, languageOf(languageId));
  if (part.code.trim() === '') return [];
  const characters = WITH_CHARACTERS.has(languageId) ? characterEnds(part.code, part.rest) : [];
  if (part.openQuote !== undefined)
    return quoteEdits(line, part.openQuote, {
      isDouble: isDouble || ONLY_DOUBLE.has(languageId),
      languageId,
      names,
    });
  const edits = [
    { lines: addressQuote(line), isOrdered: true },
    { lines: characters, isOrdered: true },
    { lines: semicolonEnds(part), isOrdered: true },
    ...bracketEdits(part, languageId, names),
    ...(BLOCK_END.test(languageId) && /^\s*(?:case\b.*[\w"')\]]|default)$/.test(part.code)
      ? [{ lines: [`${part.code}:${part.rest}`], isOrdered: true }]
      : []),
    ...(languageId === 'python' && BLOCK_WITH_COLON.test(part.code) && !part.code.endsWith(':')
      ? [{ lines: colonEnds(part), isOrdered: true }]
      : []),
    ...(/^(?:c|cpp|cuda-cpp)$/.test(languageId) && /^\s*\}$/.test(part.code)
      ? [{ lines: [`${part.code};${part.rest}`], isOrdered: true }]
      : []),
    { lines: semicolonPlaces(part), isOrdered: false },
    ...(WITH_SEMICOLONS.has(languageId) && (!/[;{},:]$/.test(part.code) || /\w\s*=[^=].*\}$/.test(part.code))
      ? [{ lines: [`${part.code};${part.rest}`], isOrdered: true }]
      : []),
    ...(languageId === 'shellscript' ? [{ lines: shellWords(part), isOrdered: true }] : []),
    { lines: doubled(part), isOrdered: false },
    ...(languageId === 'json' && part.code.endsWith(',')
      ? [{ lines: [part.code.slice(0, -1) + part.rest], isOrdered: true }]
      : []),
    ...(languageId === 'shellscript'
      ? []
      : [
          { lines: [`${part.code},${part.rest}`], isOrdered: true },
          { lines: typeColons(part, languageId), isOrdered: true },
          // `{ a b }` may be `{ a, b }` or `{ a: b }`.
          {
            lines: [...commaPlaces(part, languageId, isInList), ...colonPlaces(part, languageId)],
            isOrdered: false,
          },
          { lines: equalsPlaces(part, languageId), isOrdered: false },
        ]),
    // In a shell, `]` is the end of a command.
    ...(languageId === 'shellscript' ? [] : [{ lines: otherClosers(part), isOrdered: false }]),
    ...(WITH_RETURN.has(languageId) ? [{ lines: returned(part), isOrdered: false }] : []),
  ];
  return edits.filter(({ lines }) => lines.length > 0);
}

/** The quote before an address whose slashes look like a comment: `url: https://a/b",`. */
function addressQuote(line: string): string[] {
  const found = /(?<=[\s([{,=:])\w+:\/\/[^\s"'`]*(["'`])[)\]},;\s]*$/.exec(line);
  return found === null ? [] : [line.slice(0, found.index) + (found[1] ?? '') + line.slice(found.index)];
}

/** A colon in place of what ends the head, or after it. */
function colonEnds({ code, rest }: CodePart): string[] {
  const instead = /[;,.]$/.test(code) ? [`${code.slice(0, -1)}:${rest}`] : [];
  return [...instead, `${code}:${rest}`];
}

/** `=` where a comparison was meant: not the one of a statement that assigns. */
function equalsPlaces({ code, rest }: CodePart, languageId: string): string[] {
  const isHead = /^\s*(?:\}?\s*(?:else\s+)?if|elif|while|return|assert)\b/.test(code);
  if (languageId === 'css') return [];
  const isStatement = /;\s*$/.test(code);
  const double = /script/.test(languageId) ? '===' : '==';
  return [...code.matchAll(/(?<![=!<>+\-*/%&|^:~?])=(?![=>~])/g)]
    .filter(
      ({ index }) =>
        isHead ||
        isInBrackets(code, index) ||
        (!isStatement && !/^\s*[\w.[\]$]+\s*$/.test(code.slice(0, index))),
    )
    .map(({ index }) => code.slice(0, index) + double + code.slice(index + 1) + rest);
}

/** Statements, and heads of blocks. */
const NO_VALUE =
  /^(?:(?:return|else|case|default|const|let|var|type|if|for|while|throw|raise|import|export)\b|[\w.$[\]]+\s*(?::[^=]*)?=(?![=>]))|\)\s*(?::[^{]*)?\{$/;

/** The word that gives a value back, where a value stands by itself. */
function returned({ code, rest }: CodePart): string[] {
  const [, indent = '', value] = /^(\s+)([[{(!"'`\w].*)$/.exec(code) ?? [];
  return value === undefined || NO_VALUE.test(value) ? [] : [`${indent}return ${value}${rest}`];
}
