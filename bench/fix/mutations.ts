// Mistakes that people make while they type, one at a time, each in one line.
import type { SeededRandom } from '../corpus/random.js';
import { IN_STRING } from './mask.js';

/** A line of a file. */
export interface MutableLine {
  readonly text: string;
  /** The same without comments and what is in strings. */
  readonly code: string;
  readonly languageId: string;
  /** How often each word is in the file. */
  readonly words: ReadonlyMap<string, number>;
}

export interface Mutation {
  readonly kind: string;
  /** @returns the new line, `null` for no line at all; `undefined` where the line offers no such mistake */
  make(line: MutableLine, random: SeededRandom): string | null | undefined;
}

const KEYWORDS: Readonly<Record<string, string>> = {
  python:
    'def|class|return|while|if|elif|else|for|in|import|from|not|and|with|try|except|raise|yield|lambda|None|True|False',
  typescript:
    'function|const|let|return|while|if|else|for|import|export|interface|class|new|throw|switch|case|typeof|extends',
  javascript:
    'function|const|let|var|return|while|if|else|for|import|export|class|new|throw|switch|case|typeof',
  go: 'func|return|for|if|else|range|type|struct|switch|case|var|const|import|package|map|defer',
  java: 'public|private|static|final|class|return|while|if|else|for|new|throw|import|void|int|boolean|this',
  c: 'return|while|if|else|for|struct|static|const|int|char|void|switch|case|sizeof|typedef|unsigned',
  cpp: 'return|while|if|else|for|struct|static|const|int|char|void|class|namespace|template|typename|public',
  shellscript: 'if|then|else|elif|fi|for|do|done|while|case|esac',
  css: '(?!)',
  json: 'true|false|null',
};
const MIN_WORD_LENGTH = 3;

export const MUTATIONS: readonly Mutation[] = [
  { kind: 'missing bracket', make: (line, random) => without(line, /[()[\]{}]/g, random) },
  { kind: 'doubled bracket', make: (line, random) => twice(line, /[()[\]{}]/g, random) },
  { kind: 'missing quote', make: (line, random) => without(line, /["'](?!["'])/g, random) },
  { kind: 'wrong quote', make: otherQuote },
  { kind: 'missing colon', make: (line, random) => without(line, /(?<!:):(?!:)/g, random) },
  { kind: 'missing comma', make: (line, random) => without(line, /,/g, random) },
  { kind: 'doubled comma', make: (line, random) => twice(line, /,/g, random) },
  { kind: 'missing semicolon', make: (line, random) => without(line, /;/g, random) },
  { kind: 'misspelt name', make: misspeltName },
  { kind: 'misspelt property', make: misspeltProperty },
  { kind: 'misspelt keyword', make: misspeltKeyword },
  { kind: 'wrong indentation', make: wrongIndent },
  {
    kind: 'missing import',
    make: ({ code }) =>
      /^\s*(?:import\b.*|from\s+\S+\s+import\b.*[^(\\,]|#\s*include\b.*|"[^"]*")$/.test(code.trimEnd())
        ? null
        : undefined,
  },
  { kind: 'missing return', make: (line, random) => without(line, /\breturn\s+(?=\S)/g, random) },
  { kind: 'missing await', make: (line, random) => without(line, /\bawait\s+/g, random) },
  {
    kind: 'missing argument',
    make: (line, random) => without(line, /,\s*[^,()[\]{}]+(?=\)[^(){}]*;?$)/g, random),
  },
  { kind: '= for ==', make: (line, random) => replaced(line, /(?<![=!<>])={2,3}(?!=)/g, random, () => '=') },
  { kind: 'wrong type', make: wrongType },
];

type Change = (found: string, at: number) => string | undefined;

function replaced(
  { text, code }: MutableLine,
  pattern: RegExp,
  random: SeededRandom,
  change: Change,
): string | undefined {
  const places = [...code.matchAll(pattern)];
  if (places.length === 0) return undefined;
  const { index, 0: found } = random.pick(places);
  const original = text.slice(index, index + found.length);
  const right = change(original, index);
  return right === undefined || right === original
    ? undefined
    : text.slice(0, index) + right + text.slice(index + found.length);
}

const without = (line: MutableLine, pattern: RegExp, random: SeededRandom): string | undefined =>
  replaced(line, pattern, random, () => '');
const twice = (line: MutableLine, pattern: RegExp, random: SeededRandom): string | undefined =>
  replaced(line, pattern, random, (found) => found + found);

function otherQuote(line: MutableLine, random: SeededRandom): string | undefined {
  return replaced(line, new RegExp(`["'](?=${IN_STRING}|[\\s,;:)\\]}]|$)`, 'g'), random, (found) =>
    found === '"' ? "'" : found === "'" ? '"' : undefined,
  );
}

function misspeltName(line: MutableLine, random: SeededRandom): string | undefined {
  return replaced(line, /(?<![.\w$@#-])[A-Za-z_][\w]{2,}(?![\w-])/g, random, (word) =>
    (line.words.get(word) ?? 0) > 1 && !isKeyword(word, line.languageId) ? slip(word, random) : undefined,
  );
}

function misspeltProperty(line: MutableLine, random: SeededRandom): string | undefined {
  const pattern =
    line.languageId === 'css' ? /(?<=^\s*)[a-z][a-z-]{2,}(?=\s*:)/g : /(?<=[\w)\]]\.|->)[A-Za-z_]\w{2,}/g;
  return replaced(line, pattern, random, (word) => slip(word, random));
}

function misspeltKeyword(line: MutableLine, random: SeededRandom): string | undefined {
  const pattern = new RegExp(`(?<![\\w$.-])(?:${KEYWORDS[line.languageId] ?? '(?!)'})(?![\\w$-])`, 'g');
  return replaced(line, pattern, random, (word) =>
    word.length < MIN_WORD_LENGTH ? undefined : slip(word, random),
  );
}

function isKeyword(word: string, languageId: string): boolean {
  return new RegExp(`^(?:${KEYWORDS[languageId] ?? '(?!)'})$`).test(word);
}

/** Two letters swapped, one left out, or one twice; the first one is seldom wrong. */
function slip(word: string, random: SeededRandom): string {
  const at = 1 + random.below(word.length - 2);
  const [one, other] = [word[at] ?? '', word[at + 1] ?? ''];
  switch (random.below(3)) {
    case 0:
      return word.slice(0, at) + other + one + word.slice(at + 2);
    case 1:
      return word.slice(0, at) + word.slice(at + 1);
    default:
      return word.slice(0, at) + one + word.slice(at);
  }
}

function wrongIndent({ text, code, languageId }: MutableLine, random: SeededRandom): string | undefined {
  if (languageId !== 'python' || code.trim() === '') return undefined;
  const indent = /^ */.exec(text)?.[0] ?? '';
  const changes =
    indent.length < 4 ? [' ', '    '] : [`${indent} `, `${indent}    `, indent.slice(1), indent.slice(4)];
  return random.pick(changes) + text.trimStart();
}

function wrongType(line: MutableLine, random: SeededRandom): string | undefined {
  const { languageId } = line;
  if (languageId === 'python' || languageId === 'javascript' || languageId === 'shellscript')
    return undefined;
  const types: Readonly<Record<string, string>> = {
    int: 'String',
    boolean: 'int',
    number: 'string',
    bool: 'string',
    string: 'number',
  };
  return random.below(2) === 0
    ? replaced(line, /(?<=[=(,]\s*|\breturn\s+)\d+(?=\s*[;,)]|$)/g, random, (number) => `"${number}"`)
    : replaced(line, /\b(?:int|boolean|number|bool|string)\b/g, random, (type) => types[type]);
}
