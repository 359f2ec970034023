/** Brings a line into the form that a project's subjects have. */
import type { ChangeFacts, ChangeKind } from './changeFacts.js';
import { baseForm, isVerb, pastForm } from './commitVerbs.js';
import {
  CONVENTIONAL_TYPES,
  firstWord,
  isConventionalPrefix,
  splitPrefix,
  TICKET,
  type SubjectStyle,
} from './subjectStyle.js';

/** What Conventional Commits calls a change; others are told by their verb. */
const TYPES: Partial<Readonly<Record<ChangeKind, string>>> = {
  tests: 'test',
  docs: 'docs',
  ci: 'ci',
  dependencies: 'chore',
  submodule: 'chore',
  format: 'style',
  rename: 'refactor',
  generated: 'chore',
  comments: 'docs',
  mode: 'chore',
};
const TYPES_BY_VERB: Readonly<Record<string, string>> = {
  fix: 'fix',
  add: 'feat',
  introduce: 'feat',
  implement: 'feat',
};

/**
 * @param line as the model or {@link ChangeFacts} have it: with any prefix, or none
 * @param branch whose name may hold a ticket's id
 */
export function styledSubject(line: string, facts: ChangeFacts, style: SubjectStyle, branch = ''): string {
  // A small model likes Conventional Commits where a project has none.
  const bare =
    style.prefix !== 'conventional' && isConventionalPrefix(line)
      ? splitPrefix(line, 'conventional')
      : undefined;
  const { name, scope, text } =
    bare === undefined ? splitPrefix(line, style.prefix) : { ...bare, name: undefined };
  const prefix = prefixFor({ name, scope }, text, facts, style);
  const [id] = TICKET.exec(branch) ?? [];
  const ticket = style.ticket === undefined || id === undefined ? '' : style.ticket.replace('ID', id);
  return `${ticket}${prefix}${inForm(text, style)}`;
}

/** A line without prefix, with the style's tense, capital and period. */
export function inForm(line: string, style: SubjectStyle): string {
  const period = style.script === 'chinese' ? '。' : '.';
  return withCase(withoutPeriod(inTense(line, style)), style) + (style.hasPeriod ? period : '');
}

interface GivenPrefix {
  readonly name: string | undefined;
  readonly scope: string | undefined;
}

function prefixFor(given: GivenPrefix, text: string, facts: ChangeFacts, style: SubjectStyle): string {
  if (style.prefix === 'none') return '';
  if (style.prefix === 'area') {
    const area =
      areaOf(facts, style.prefixes) ??
      (given.name !== undefined && isPathPart(given.name, facts) ? given.name : undefined);
    return area === undefined ? '' : `${area}: `;
  }
  const type = typeFor(given.name, text, facts, style);
  const scope =
    areaOf(facts, style.scopes) ??
    (given.scope !== undefined && style.scopes.size > 0 && isPathPart(given.scope, facts)
      ? given.scope
      : undefined);
  return `${type}${scope === undefined ? '' : `(${scope})`}: `;
}

function typeFor(
  given: string | undefined,
  text: string,
  { kind }: ChangeFacts,
  { prefixes }: SubjectStyle,
): string {
  const known = TYPES[kind];
  if (known !== undefined)
    return known === 'chore' && prefixes.has('build') && !prefixes.has('chore') ? 'build' : known;
  const type = given?.toLowerCase();
  // These four are told by the files, and it is none of them.
  if (type !== undefined && CONVENTIONAL_TYPES.has(type) && !['test', 'docs', 'ci', 'style'].includes(type))
    return type;
  return TYPES_BY_VERB[baseForm(firstWord(text))] ?? (kind === 'added' ? 'feat' : 'refactor');
}

/** Of the project's own areas, the one that most files are in: the longest, where there are several. */
function areaOf({ files }: ChangeFacts, areas: ReadonlySet<string>): string | undefined {
  const counted = [...areas]
    .map((area) => ({ area, count: files.filter(({ path }) => isIn(path, area)).length }))
    .filter(({ count }) => count * 2 > files.length);
  counted.sort((one, other) => other.count - one.count || other.area.length - one.area.length);
  return counted[0]?.area;
}

function isPathPart(name: string, { files }: ChangeFacts): boolean {
  return files.some(({ path }) => isIn(path, name));
}

function isIn(path: string, area: string): boolean {
  const parts = `/${path.toLowerCase()}`;
  const name = area.toLowerCase();
  return parts.includes(`/${name}/`) || parts.includes(`/${name}.`) || parts.endsWith(`/${name}`);
}

function inTense(text: string, { isPast, script }: SubjectStyle): string {
  const word = firstWord(text);
  const base = baseForm(word);
  if (script !== 'latin' || !isVerb(base)) return text;
  const form = isPast ? pastForm(base) : base;
  return matchCase(form, word) + text.slice(word.length);
}

function matchCase(word: string, like: string): string {
  return /^[A-Z]/.test(like) ? word.slice(0, 1).toUpperCase() + word.slice(1) : word;
}

function withoutPeriod(text: string): string {
  return text.replace(/(?<![.…])[.。]$/, '');
}

/** The first word keeps its own capitals if it is a name. */
function withCase(text: string, { isCapitalized }: SubjectStyle): string {
  const [word = ''] = /^\S+/.exec(text) ?? [];
  if (/[A-Z_\d./`]/.test(word.slice(1)) || !/^\p{L}/u.test(word)) return text;
  const first = text.slice(0, 1);
  return (isCapitalized ? first.toUpperCase() : first.toLowerCase()) + text.slice(1);
}
