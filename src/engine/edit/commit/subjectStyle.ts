/** How a project writes the subjects of its commits. */
import { baseForm, isVerb, pastForm } from './commitVerbs.js';

/** `fix(parser): …`, `parser: …`, or none. */
type PrefixStyle = 'conventional' | 'area' | 'none';

export interface SubjectStyle {
  /** What the style was taken from, without merges, bots and ticket ids. */
  readonly subjects: readonly string[];
  readonly prefix: PrefixStyle;
  /** Types or areas that the project uses. */
  readonly prefixes: ReadonlySet<string>;
  /** Scopes in parentheses that the project uses. */
  readonly scopes: ReadonlySet<string>;
  /** Whether most begin with a verb that is known. */
  readonly isVerbFirst: boolean;
  readonly isPast: boolean;
  readonly isCapitalized: boolean;
  readonly hasPeriod: boolean;
  /** In columns: a Chinese character takes two. */
  readonly maxColumns: number;
  readonly script: Script;
  /** How a ticket's id is written, with `ID` in its place, when most subjects begin with one. */
  readonly ticket: string | undefined;
}

export type Script = 'latin' | 'chinese' | 'japanese' | 'korean' | 'cyrillic';

const MAX_SUBJECTS = 20;
const MAX_COLUMNS = 72;
/** Characters of a line that are looked at: more are no subject. */
export const MAX_READ = 500;
const MIN_COLUMNS = 50;
/** What no person has written for this change. */
const NOT_A_STYLE = /^(?:Merge |Revert "|fixup!|squash!|amend!|WIP\b|Bump \S+ from |\d+(?:\.\d+)+$|v\d)/i;
export const CONVENTIONAL_TYPES: ReadonlySet<string> = new Set([
  ...['feat', 'fix', 'docs', 'style', 'refactor', 'perf', 'test', 'build', 'ci', 'chore', 'revert'],
]);
const CONVENTIONAL = /^([a-z]+)(?:\(([^)]*)\))?!?:\s+(?=\S)/i;
const AREA = /^((?:[\w.@*-]+\/)*[\w.@*-]+(?:, ?[\w.@/*-]+)*):\s+(?=\S)/;
export const TICKET = /[A-Z][A-Z\d]+-\d+/;
const TICKET_PREFIX = new RegExp(
  `^(?:\\[${TICKET.source}\\]:?|\\(${TICKET.source}\\):?|${TICKET.source}(?::|\\s+-)?|\\[?#\\d+\\]?:?)\\s+`,
);
const ISSUE_SUFFIX = new RegExp(
  `\\s*[([](?:#\\d+|[a-z-]+/[\\w.-]+#\\d+|${TICKET.source})[)\\]]\\s*$|\\s+#\\d+$`,
  'i',
);
const EMOJI = /^(?:\p{Extended_Pictographic}\uFE0F?|:[a-z_\d]+:)\s*/u;

/** @param recent the newest first; none in a new repository */
export function styleOf(recent: readonly string[]): SubjectStyle {
  const own = recent
    .map((subject) => subject.trim())
    .filter((subject) => subject !== '' && !NOT_A_STYLE.test(subject));
  const given = own.slice(0, MAX_SUBJECTS);
  const subjects = given.map(withoutTicket);
  const isMost = (test: (subject: string) => boolean): boolean =>
    subjects.length > 0 && subjects.filter(test).length * 2 > subjects.length;
  const isConventional = isMost((subject) => isConventionalPrefix(subject));
  const prefix = isConventional ? 'conventional' : isMost((subject) => AREA.test(subject)) ? 'area' : 'none';
  const texts = subjects.map((subject) => splitPrefix(subject, prefix).text);
  const share = (test: (text: string) => boolean): boolean =>
    texts.length > 0 && texts.filter(test).length * 2 > texts.length;
  const tickets = given.map((subject) => TICKET_PREFIX.exec(subject)?.[0] ?? '');
  const hasTicket = tickets.filter((ticket) => TICKET.test(ticket)).length * 2 > given.length;
  return {
    subjects,
    prefix,
    ...namesUsed(subjects, prefix),
    isVerbFirst: share((text) => isVerb(baseForm(firstWord(text)))),
    isPast: share((text) => isPast(firstWord(text).toLowerCase())),
    isCapitalized: texts.length === 0 || share((text) => /^\p{Lu}/u.test(text)),
    hasPeriod: share((text) => /[.。]$/.test(text)),
    maxColumns: maxColumns(subjects),
    script: scriptOf(texts),
    ticket: hasTicket ? tickets.find((ticket) => TICKET.test(ticket))?.replace(TICKET, 'ID') : undefined,
  };
}

/** The part before the colon, if it is a prefix in this style. */
export function splitPrefix(
  subject: string,
  style: PrefixStyle,
): { readonly name?: string; readonly scope?: string; readonly text: string } {
  if (style === 'none') return { text: subject };
  const [head, name = '', scope] = (style === 'conventional' ? CONVENTIONAL : AREA).exec(subject) ?? [];
  if (head === undefined || (style === 'conventional' && !isConventionalPrefix(subject)))
    return { text: subject };
  return { name, ...(scope === undefined ? {} : { scope }), text: subject.slice(head.length) };
}

export function isConventionalPrefix(subject: string): boolean {
  return CONVENTIONAL_TYPES.has(CONVENTIONAL.exec(subject)?.[1]?.toLowerCase() ?? '');
}

/** Ids belong to one change; a model would copy them. */
export function withoutTicket(subject: string): string {
  return subject
    .slice(0, MAX_READ)
    .replace(EMOJI, '')
    .replace(TICKET_PREFIX, '')
    .replace(ISSUE_SUFFIX, '')
    .trim();
}

export function columnsOf(text: string): number {
  return (
    text.length +
    (text.match(/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/g) ?? [])
      .length
  );
}

export function scriptOf(texts: readonly string[]): Script {
  const share = (pattern: RegExp): boolean =>
    texts.filter((text) => pattern.test(text)).length * 2 > texts.length;
  if (share(/[\u3040-\u30ff]/)) return 'japanese';
  if (share(/\p{Script=Han}/u)) return 'chinese';
  if (share(/\p{Script=Hangul}/u)) return 'korean';
  return share(/\p{Script=Cyrillic}/u) ? 'cyrillic' : 'latin';
}

function isPast(word: string): boolean {
  const base = baseForm(word);
  return word !== base && pastForm(base) === word;
}

export function firstWord(text: string): string {
  return /^[A-Za-z]+/.exec(text)?.[0] ?? '';
}

function namesUsed(
  subjects: readonly string[],
  prefix: PrefixStyle,
): Pick<SubjectStyle, 'prefixes' | 'scopes'> {
  const parts = subjects.map((subject) => splitPrefix(subject, prefix));
  const scopes = parts.flatMap(({ scope }) => (scope === undefined ? [] : [scope]));
  return {
    prefixes: new Set(parts.flatMap(({ name }) => (name === undefined ? [] : [name]))),
    scopes: new Set(scopes),
  };
}

/** What all but the longest of ten keep to, as long as it isn't shorter or longer than is usual. */
function maxColumns(subjects: readonly string[]): number {
  const lengths = subjects.map(columnsOf).sort((one, other) => one - other);
  const usual = lengths[Math.floor(lengths.length * 0.9)] ?? MAX_COLUMNS;
  return Math.min(MAX_COLUMNS, Math.max(MIN_COLUMNS, usual));
}
