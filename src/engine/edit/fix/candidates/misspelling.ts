import type { QuickFix } from '../../../../protocol/edit.js';
import { codeOnly } from '../../../language/codeOnly.js';
import { languageOf } from '../../../language/languageOf.js';
import { keywordsOf } from '../../../syntax/keywords.js';
import type { SyntaxReader } from '../../check/syntaxCheck.js';
import { candidateOf, withLine, type Candidate, type FixPlace } from './candidate.js';
import { isOneSlip } from './editDistance.js';

/** Shorter words are one slip away from too many others. */
const MIN_LENGTH = 3;
/** Of a declaration: shorter names are alike by chance. */
const MIN_DECLARED = 4;
/** Lines of a diagnostic that are searched. */
const MAX_LINES = 3;
/** Lines above it that a misspelt keyword may be on: the parser goes on for a while. */
const MAX_LINES_ABOVE = 6;
const C_TYPES = ['int', 'char', 'long', 'short', 'float', 'double', 'void', 'bool'];
const HTML_TAGS =
  'html head title body header footer main nav section article aside div span table thead tbody form label input button select option textarea script style link meta img video audio canvas iframe strong small code blockquote figure';
/** Types that a grammar has as names. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  json: ['true', 'false', 'null'],
  html: HTML_TAGS.split(' '),
  c: C_TYPES,
  cpp: C_TYPES,
  java: ['int', 'char', 'long', 'short', 'float', 'double', 'void', 'boolean', 'byte', 'String'],
};
const SCRIPT_NAMES: Readonly<Record<string, string>> = {
  None: 'null',
  nil: 'null',
  NULL: 'null',
  True: 'true',
  False: 'false',
};
/** What other languages call it. */
const FOREIGN_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  python: { null: 'None', nil: 'None', NULL: 'None', undefined: 'None', true: 'True', false: 'False' },
  javascript: SCRIPT_NAMES,
  javascriptreact: SCRIPT_NAMES,
  typescript: SCRIPT_NAMES,
  typescriptreact: SCRIPT_NAMES,
  java: { ...SCRIPT_NAMES, string: 'String', bool: 'boolean' },
  go: { null: 'nil', NULL: 'nil', None: 'nil', True: 'true', False: 'false' },
  c: { null: 'NULL', nil: 'NULL', None: 'NULL' },
  cpp: { null: 'nullptr', nil: 'nullptr', None: 'nullptr' },
};
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** What compilers suggest: `Did you mean 'length'?` */
const SUGGESTION =
  /(?:did you mean|but have(?: method| field)?|perhaps you meant|maybe you meant|similar name exists:?|help: a local variable with a similar name exists:?|你是否(?:是)?想使用|您是否指的是)[^'"`‘“「\w]*['"`‘“「]?([\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::)[\p{L}\p{N}_$]+)*)/iu;

/**
 * A word on the diagnostic's line that is one slip away from another one: from what the compiler suggests, from a name
 * in the text, from a keyword of the language. Names are only touched where the message mentions them.
 */
export async function misspellingCandidates(
  place: FixPlace,
  unbound: readonly string[],
  syntax: SyntaxReader | undefined,
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  const { languageId, text, lines, target, messages } = place;
  const grammar = await syntax?.read(languageId, text, (tree) => keywordsOf(tree.root.tree.language), signal);
  const keywords = [...(grammar ?? []), ...(TYPES[languageId] ?? [])];
  const known = countWords(codeOnly(text, languageOf(languageId)));
  const suggested = messages.flatMap((message) => SUGGESTION.exec(message)?.[1] ?? []);
  const mentioned = new Set(messages.flatMap((message) => message.match(WORD) ?? []));
  // `Property 'lenght' does not exist on type 'A'. Did you mean 'length'?`
  const first = messages.flatMap((message) => /['"`‘“]([\w$]+)['"`’”]/.exec(message)?.[1] ?? [])[0];
  const foreign = Object.entries(FOREIGN_NAMES[languageId] ?? {});
  const found: Candidate[] = [];
  for (const line of new Set([...linesFrom(target), ...lonelyWords(place)])) {
    for (const match of (lines[line] ?? '').matchAll(WORD)) {
      const [word] = match;
      if (keywords.includes(word)) continue;
      const isNamed = line >= target.start && (mentioned.has(word) || unbound.includes(word));
      const isOther = first !== undefined && first !== word;
      const names = isNamed
        ? suggestionsFor(
            word,
            isOther ? suggested.filter((each) => isOneSlip(word, each)) : suggested,
            known,
            text,
          )
        : [];
      const slips = known.get(word) === 1 ? keywords.filter((keyword) => isOneSlip(word, keyword)) : [];
      const own = isNamed ? foreign.filter(([other]) => other === word).map(([, right]) => right) : [];
      for (const right of new Set([...own, ...names, ...slips])) {
        const corrected = replaced(lines[line] ?? '', match.index, word, right);
        const needsProof = !(isNamed && suggested.includes(right));
        const candidate = candidateOf(text, withLine(place, line, corrected), {
          origin: 'spelling',
          needsProof,
        });
        if (candidate !== undefined) found.push(candidate);
      }
    }
  }
  return [...found, ...misspeltDeclarations(place, mentioned, known)];
}

/** The name that is declared with a slip: the unknown one is in the text several times, the declared one only once. */
function misspeltDeclarations(
  place: FixPlace,
  mentioned: ReadonlySet<string>,
  known: ReadonlyMap<string, number>,
): readonly Candidate[] {
  const { text, lines, target, messages } = place;
  if (
    !messages.some((message) =>
      /not (?:been )?declared|undefined|undeclared|cannot find|not defined|unknown/i.test(message),
    )
  )
    return [];
  const often = [...mentioned].filter((word) => word.length >= MIN_DECLARED && (known.get(word) ?? 0) > 1);
  return often.flatMap((right) => {
    const slips = [...known].filter(([word, count]) => count === 1 && isOneSlip(word, right));
    const [slip, other] = slips;
    if (slip === undefined || other !== undefined) return [];
    const line = lines.findIndex((each) =>
      new RegExp(`(?<![\\w$])${slip[0].replaceAll('$', '\\$')}(?![\\w$])`).test(each),
    );
    if (line < 0 || line > target.start) return [];
    const own = lines[line] ?? '';
    const corrected = replaced(own, own.indexOf(slip[0]), slip[0], right);
    return (
      candidateOf(text, withLine(place, line, corrected), { origin: 'spelling', needsProof: true }) ?? []
    );
  });
}

/** Lines of a shell's script that are one word, as the end of a block is: only the text's end shows that it lacks. */
function lonelyWords({ languageId, lines }: FixPlace): readonly number[] {
  if (languageId !== 'shellscript') return [];
  return lines.flatMap((line, index) => (/^\s*\w+\s*$/.test(line) ? [index] : []));
}

/** The lines of the diagnostic, then those above it. */
function linesFrom({ start, end }: FixPlace['target']): readonly number[] {
  const own = Array.from({ length: Math.min(end - start, MAX_LINES) }, (_, index) => start + index);
  // A parser names the line before the one where it stops.
  own.push(end);
  const above = Array.from({ length: Math.min(start, MAX_LINES_ABOVE) }, (_, index) => start - 1 - index);
  return [...own, ...above];
}

/** What the word was meant to be, the likeliest first; nothing when several names are as near. */
function suggestionsFor(
  word: string,
  suggested: readonly string[],
  known: ReadonlyMap<string, number>,
  text: string,
): readonly string[] {
  if (word.length < MIN_LENGTH) return suggested.filter((other) => isOneSlip(word, other));
  const others = suggested.filter((other) => other !== word);
  // The object is missing, and the word is right.
  const nearest = isProperty(word, text) ? undefined : onlyNameNear(word, known);
  if (nearest === undefined) return others;
  return [...others.filter((other) => isOneSlip(word, other)), nearest, ...others];
}

/** The one name of the text that is one slip away; `undefined` when there are several. */
function onlyNameNear(word: string, known: ReadonlyMap<string, number>): string | undefined {
  const near = [...known.keys()].filter((other) => other.length >= MIN_LENGTH && isOneSlip(word, other));
  // A slip that was made twice isn't one: the names that occur more often than the word come first.
  const better = near.filter((other) => (known.get(other) ?? 0) >= (known.get(word) ?? 0));
  return better.length === 1 ? better[0] : undefined;
}

/**
 * Whether a quick fix puts a farther name for a word than the text's own that is one slip away: TypeScript would make
 * `nane` a `NaN` beside a parameter `name`.
 */
export function isFartherName({ lines, text, languageId }: FixPlace, { edits }: QuickFix): boolean {
  const [edit, second] = edits;
  if (edit === undefined || second !== undefined) return false;
  const { start, end } = edit.range;
  const word = start.line === end.line ? (lines[start.line] ?? '').slice(start.character, end.character) : '';
  if (!isWord(word) || !isWord(edit.newText) || word.length < MIN_LENGTH) return false;
  if (isOneSlip(word, edit.newText)) return false;
  return onlyNameNear(word, countWords(codeOnly(text, languageOf(languageId)))) !== undefined;
}

/** Whether the text has the word as an attribute: `self.word`, or `word: int` in a class. */
function isProperty(word: string, text: string): boolean {
  return [...text.matchAll(WORD)].some(({ index, 0: found }) => {
    if (found !== word) return false;
    const before = text.slice(text.lastIndexOf('\n', index - 1) + 1, index);
    return (
      before.endsWith('.') ||
      (/^[ \t]+$/.test(before) && /^\s*[:=](?!=)/.test(text.slice(index + word.length)))
    );
  });
}

const isWord = (text: string): boolean => text.match(WORD)?.[0] === text;

export function countWords(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(WORD)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function replaced(line: string, at: number, word: string, right: string): string {
  return line.slice(0, at) + right + line.slice(at + word.length);
}
