/** Ways to correct one line by one token: a bracket, quote, colon, comma or semicolon too many or too few. */
import { languageOf } from '../../../language/languageOf.js';
import { codePart, type CodePart } from './codePart.js';
import { bracketEdits, doubled, otherClosers } from './bracketEdits.js';
import { MAX_PLACES, type TokenEdits } from './lineTail.js';
import { quoteEdits } from './quoteEdits.js';

const BLOCK_WITH_COLON =
  /^\s*(?:(?:async\s+)?(?:def|for|with)|class|if|elif|else|while|try|except|finally|match|case)\b/;
/** A single quote holds one character, or nothing. */
const ONLY_DOUBLE = new Set(['json', 'jsonc', 'c', 'cpp', 'cuda-cpp', 'java', 'go', 'rust', 'csharp']);
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

/** Languages that return several values. */
const WITH_LISTS = new Set(['go', 'python', 'lua']);
const WITH_PROPERTIES = new Set(['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python']);

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

/** @param isDouble strings of this text are rather in double quotes */
export function tokenEdits(line: string, languageId: string, isDouble = true): readonly TokenEdits[] {
  const part = codePart(line, languageOf(languageId));
  if (part.code.trim() === '') return [];
  if (part.openQuote !== undefined)
    return quoteEdits(line, part.openQuote, isDouble || ONLY_DOUBLE.has(languageId), languageId);
  const edits = [
    ...bracketEdits(part, languageId),
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
          // `{ a b }` may be `{ a, b }` or `{ a: b }`.
          { lines: [...commaPlaces(part, languageId), ...colonPlaces(part, languageId)], isOrdered: false },
          { lines: equalsPlaces(part, languageId), isOrdered: false },
        ]),
    // In a shell, `]` is the end of a command.
    ...(languageId === 'shellscript' ? [] : [{ lines: otherClosers(part), isOrdered: false }]),
    ...(WITH_RETURN.has(languageId) ? [{ lines: returned(part), isOrdered: false }] : []),
  ];
  return edits.filter(({ lines }) => lines.length > 0);
}

/** A colon in place of what ends the head, or after it. */
function colonEnds({ code, rest }: CodePart): string[] {
  const instead = /[;,.]$/.test(code) ? [`${code.slice(0, -1)}:${rest}`] : [];
  return [...instead, `${code}:${rest}`];
}

/** The word that opens a shell's block, what stands before it, and the ends of tests and patterns. */
function shellWords({ code, rest }: CodePart): string[] {
  const joined = code.replace(/(?<=[^;\s])\s+(then|do)$/, '; $1');
  const test = /(?:^\s*|\b(?:if|elif|while|until)\s+(?:!\s+)?|&&\s*|\|\|\s*)\[\s(?:(?!\s\]).)*$/.test(
    code.replace(/;?\s*(?:then|do)$/, ''),
  )
    ? code.replace(/\s*(;\s*(?:then|do))?$/, ' ]$1')
    : code;
  const pattern = /^\s*[\w.*?|"'\-/ ]+$/.test(code) ? `${code})` : code;
  const first = /^\s*(if|elif|for|while|until)\b/.exec(code)?.[1];
  const opened =
    first === undefined || /\b(?:then|do)\s*$/.test(code)
      ? code
      : `${code.replace(/\s*;$/, '')}; ${/if/.test(first) ? 'then' : 'do'}`;
  const double = code.replace(/(\[\[\s.*\s)\](?!\])/, '$1]]');
  return [opened, joined, test, double, pattern].filter((each) => each !== code).map((each) => each + rest);
}

/** Between the parts of a loop's head, or of a condition's. */
function semicolonPlaces({ code, rest }: CodePart): string[] {
  const [head] = /^\s*(?:\}\s*else\s+)?(?:if|for|switch)\b\s*\(?/.exec(code) ?? [];
  if (head === undefined) return [];
  return [...code.matchAll(/(?<=[\w)\]}"'])(?=\s+[\w(!*&])/g)]
    .filter(({ index }) => index > head.length && !/\b(?:let|const|var)$/.test(code.slice(0, index)))
    .slice(0, MAX_PLACES)
    .map(({ index }) => `${code.slice(0, index)};${code.slice(index)}${rest}`);
}

/** Between two values that stand side by side. */
function commaPlaces({ code, rest }: CodePart, languageId: string): string[] {
  // Between the operands of `<<`, that is what is missing.
  if (code.includes('<<')) return [];
  const isList = WITH_LISTS.has(languageId) && /^\s*return\b/.test(code);
  return [...code.matchAll(/["'\w\])}>](?=\s+["'\w[({$*&-])/g)]
    .filter(
      ({ index }) => isInBrackets(code, index) || (isList && !/^\s*return$/.test(code.slice(0, index + 1))),
    )
    .slice(0, MAX_PLACES)
    .map(({ index }) => `${code.slice(0, index + 1)},${code.slice(index + 1)}${rest}`);
}

/** Whether more brackets are open there than closed: outside of them, a grammar takes a comma for anything. */
function isInBrackets(code: string, at: number): boolean {
  const before = code.slice(0, at + 1);
  const opened = before.match(/[([{]|(?<=\w)<(?=[\w:$])/g)?.length ?? 0;
  return opened > (before.match(/[)\]}]|(?<=[\w\]>])>/g)?.length ?? 0);
}

/** After a property's name, and in an empty slice. */
function colonPlaces({ code, rest }: CodePart, languageId: string): string[] {
  const put = (at: number): string => `${code.slice(0, at)}:${code.slice(at)}${rest}`;
  if (languageId === 'go')
    return [...code.matchAll(/(?<=[\w)\]]\[)(?=\])/g)].slice(0, MAX_PLACES).map(({ index }) => put(index));
  const name = /^\s*(?:"[^"]*"|[a-z-]+)(?=\s+\S)/.exec(code)?.[0];
  if (languageId === 'json' || languageId === 'css') return name === undefined ? [] : [put(name.length)];
  if (!WITH_PROPERTIES.has(languageId)) return [];
  return [
    ...code.matchAll(
      /(?<=^\s*(?:(?:private|protected|public|readonly|static)\s+)*|[{,(]\s*)(?:["'][^"']*["']|[\w$]+\??)(?=\s+[\w$"'`([{-])/g,
    ),
  ]
    .filter(
      ({ index, 0: name }) => !STATEMENT.test(name) && (languageId !== 'python' || isInBraces(code, index)),
    )
    .slice(0, MAX_PLACES)
    .map(({ index, 0: found }) => put(index + found.length));
}

/** Words that no property of a line's beginning has as its name. */
const STATEMENT =
  /^(?:return|else|catch|type|const|let|var|throw|new|await|case|interface|class|function|export|import|async|typeof|yield)$/;

/** Whether a dictionary's entry may begin there; a parameter's type is rather left out than its colon. */
function isInBraces(code: string, at: number): boolean {
  const opened = /[([{](?=[^()[\]{}]*$)/.exec(code.slice(0, at))?.[0];
  return opened === undefined ? /^\s*["']/.test(code) : opened === '{';
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
