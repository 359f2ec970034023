/** Commas, colons and semicolons that separate the parts of one line. */
import type { CodePart } from './codePart.js';
import { MAX_PLACES } from './lineTail.js';

/** Languages that return several values. */
const WITH_LISTS = new Set(['go', 'python', 'lua']);
const WITH_PROPERTIES = new Set(['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python']);

/** Between the parts of a loop's head, or of a condition's. */
export function semicolonPlaces({ code, rest }: CodePart): string[] {
  const [head] = /^\s*(?:\}\s*else\s+)?(?:if|for|switch)\b\s*\(?/.exec(code) ?? [];
  if (head === undefined) return [];
  return [...code.matchAll(/(?<=[\w)\]}"'])(?=\s+[\w(!*&])/g)]
    .filter(({ index }) => index > head.length && !/\b(?:let|const|var)$/.test(code.slice(0, index)))
    .slice(0, MAX_PLACES)
    .map(({ index }) => `${code.slice(0, index)};${code.slice(index)}${rest}`);
}

/** Statements whose values stand in a list without brackets. */
const LIST_HEAD = /^\s*(?:return|from\s+\S+\s+import|global|nonlocal)$/;

/**
 * Between two values that stand side by side.
 * @param isInList a bracket is open where the line begins
 */
export function commaPlaces({ code, rest }: CodePart, languageId: string, isInList: boolean): string[] {
  // Between the operands of `<<`, that is what is missing.
  if (code.includes('<<')) return [];
  const isList =
    WITH_LISTS.has(languageId) && /^\s*(?:return|from\s+\S+\s+import|global|nonlocal)\b/.test(code);
  const names =
    languageId === 'go' ? (/^\s*(?:(?:if|for|switch)\s+)?\w+(?=\s+\w+\s*:?=[^=])/.exec(code)?.[0] ?? '') : '';
  if (names !== '') return [`${names},${code.slice(names.length)}${rest}`];
  const inStrings = stringSpans(code);
  return [...code.matchAll(/["'\w\])}>](?=\s+["'\w[({$*&-])/g)]
    .filter(({ index }) => !inStrings.some(([start, end]) => index >= start && index < end))
    .filter(
      ({ index }) =>
        isInList || isInBrackets(code, index) || (isList && !LIST_HEAD.test(code.slice(0, index + 1))),
    )
    .slice(0, MAX_PLACES)
    .map(({ index }) => `${code.slice(0, index + 1)},${code.slice(index + 1)}${rest}`);
}

/** The strings of a line, without their last quotes. */
const stringSpans = (code: string): (readonly [number, number])[] =>
  [...code.matchAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`/g)].map(
    ({ index, 0: { length } }) => [index, index + length - 1] as const,
  );

/** Whether more brackets are open there than closed: outside of them, a grammar takes a comma for anything. */
export function isInBrackets(code: string, at: number): boolean {
  const before = code.slice(0, at + 1);
  const opened = before.match(/[([{]|(?<=\w)<(?=[\w:$])/g)?.length ?? 0;
  return opened > (before.match(/[)\]}]|(?<=[\w\]>])>/g)?.length ?? 0);
}

/** After a property's name, in an empty slice, and between the values of a condition. */
export function colonPlaces({ code, rest }: CodePart, languageId: string): string[] {
  const put = (at: number): string => `${code.slice(0, at)}:${code.slice(at)}${rest}`;
  // `a ? b  c`
  const choice = /\?\s[^?:]*?[\w)\]"'](?=\s+[\w("'-][^?:]*$)/.exec(code);
  if (choice !== null && WITH_CHOICES.test(languageId))
    return [
      `${code.slice(0, choice.index + choice[0].length)} :${code.slice(choice.index + choice[0].length).replace(/^\s+/, ' ')}${rest}`,
    ];
  // `unsigned a 1;` in a structure.
  if (/^(?:c|cpp|cuda-cpp)$/.test(languageId))
    return [...code.matchAll(/^\s*(?:\w+\s+)+\w+(?=\s+\d+;$)/g)].map(({ 0: { length } }) => put(length));
  const field = /^\s*(?:pub\s+)?(?:"[^"]*"|\w+)(?=\s+[\w"&[{(-].*,$)/.exec(code);
  if ((languageId === 'go' || languageId === 'rust') && field !== null && !STATEMENT.test(field[0].trim()))
    return [put(field[0].length)];
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

/** Languages with `a ? b : c`. */
const WITH_CHOICES = /^(?:c|cpp|cuda-cpp|java|csharp|php|(?:java|type)script(?:react)?)$/;

/** The type of a function's value, or of a property with a computed name: `f() string {`, `[a in b] c;`. */
export function typeColons({ code, rest }: CodePart, languageId: string): string[] {
  if (!/^typescript/.test(languageId)) return [];
  const put = (at: number): string => `${code.slice(0, at)}:${code.slice(at)}${rest}`;
  const value =
    /^.*\)(?=\s+(?:[A-Z]|string|number|boolean|void|any|unknown|never|null|undefined)[\w.<>[\]| ,]*\s*(?:\{|;)?$)/.exec(
      code,
    );
  const computed = /^\s*(?:readonly\s+)?\[[^\]]*\](?=\s+[\w{(])/.exec(code);
  const named = [
    ...code.matchAll(
      /(?<=(?:[(,]|^)\s*)[a-z_$][\w$]*\??(?=\s+(?:[A-Z]\w*|string|number|boolean|any|unknown)\b\s*[,)<[|=])/g,
    ),
  ];
  const ends = [value, computed].flatMap((match) => (match === null ? [] : [match[0].length]));
  return [...ends, ...named.map(({ index, 0: { length } }) => index + length)].slice(0, MAX_PLACES).map(put);
}

/** Words that no property of a line's beginning has as its name. */
const STATEMENT =
  /^(?:return|else|catch|type|const|let|var|throw|new|await|case|interface|class|function|export|import|async|typeof|yield)$/;

/** Whether a dictionary's entry may begin there; a parameter's type is rather left out than its colon. */
function isInBraces(code: string, at: number): boolean {
  const opened = /[([{](?=[^()[\]{}]*$)/.exec(code.slice(0, at))?.[0];
  return opened === undefined ? /^\s*["']/.test(code) : opened === '{';
}

/** Before the brace that ends a block on its own line. */
export function semicolonEnds({ code, rest }: CodePart): string[] {
  const end = /[\w)\]"'+-](?=\s*\}\s*[;,)]*$)/.exec(code);
  if (end === null || !code.slice(0, end.index).includes('{')) return [];
  return [`${code.slice(0, end.index + 1)};${code.slice(end.index + 1)}${rest}`];
}
