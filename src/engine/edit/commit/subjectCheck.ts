/** Takes a subject out of a model's answer, and tells whether it may be shown. */
import type { ChangeFacts } from './changeFacts.js';
import { contentStems, type ChangeWords } from './changeWords.js';
import { baseForm, isVerb } from './commitVerbs.js';
import { isQuotable } from './shownDiff.js';
import { styledSubject } from './subjectForm.js';
import {
  columnsOf,
  firstWord,
  MAX_READ,
  scriptOf,
  splitPrefix,
  withoutTicket,
  type SubjectStyle,
} from './subjectStyle.js';

type CheckedSubject =
  | { readonly subject: string }
  /** Why it isn't shown, in words for the model. */
  | { readonly objection: string };

const LABEL =
  /^(?:(?:sure|okay|certainly|of course)[!,.]?\s*)?(?:(?:here(?:'s| is| are)|this is|the)\b[^:：]{0,60}|(?:the )?(?:git )?(?:commit )?(?:subject|message|title|summary)(?: line)?|提交(?:信息|说明|消息)|output|answer)\s*[:：]\s*/i;
/** Says nothing about the change. */
const VAGUE =
  /^(?:add|update|change|fix|improve|refactor|modify|clean up|make|implement|apply)(?:d|ed)?(?: (?:the|some|various|minor|small|several|new|existing))*(?: (?:code|files?|bugs?|issues?|problems?|things?|stuff|changes?|project|repository|repo|diff|functions?|features?|functionality|improvements?|commit|subject))*$/i;
const MERE_TALK = /\b(?:as an ai|i (?:can(?:not|'t)|am)|sorry|commit subject|this (?:change|commit|diff))\b/i;
const VAGUE_CHINESE = /^(?:更新|修改|修复|优化|添加)?(?:代码|文件|一些|问题|内容)*$/;
const REMOVING = new Set(['remove', 'delete', 'drop']);
const ADDING = new Set(['add', 'introduce', 'implement', 'create']);
/** Where a line that is too long may end. */
const CLAUSE =
  /,? (?:and|or|to|by|for|in|with|when|so that|while|which|that|from|if|as|before|after|instead of)\b|[,;:，；、]/g;
/** Of a statement: without what follows it is still true. Without "before others" or ", or ends" it may not be. */
const STATEMENT_END =
  /,? (?:so that|which|because|instead of|rather than)\b|,(?! (?:and|or|nor|but)\b)(?=\s)|[;:](?=\s)|[，；：、]| \(/gu;
const FINITE =
  /\b(?:is|are|was|has|have|can|can[’']t|no longer|now|does|doesn[’']t|do|don[’']t|gets?|shows|says|works|keeps|takes|uses|finds|ends|knows|needs|must)\b|\p{Script=Han}/u;
const MIN_CUT = 20;
/** Longer words of a subject, of which one must be in the change. */
const CONTENT_WORD = /[a-z]{4,}/g;
const WORD_STEM = 5;
/** Changed lines: of so few, one word can say what they are about. */
const SMALL_CHANGE = 12;
const MIN_TEST_SHARE = 0.5;
const MIN_KNOWN_SHARE = 0.6;
const MIN_OWN_WORDS = 3;

export interface SubjectContext {
  readonly facts: ChangeFacts;
  readonly style: SubjectStyle;
  readonly branch: string | undefined;
  /** The change's text and paths, and the earlier subjects, in lower case: what a subject may name. */
  readonly known: string;
  readonly words: ChangeWords;
  /** Of a large change a small model sees little, and says what its code does, not what has changed. */
  readonly isSmallModel?: boolean;
}

/** What secret files hold isn’t among the lines, so no subject can quote it. */
export function knownText(
  { files, languages }: ChangeFacts,
  { subjects }: SubjectStyle,
  branch = '',
): string {
  const parts = files.flatMap(({ path, oldPath, hunks }) => [
    path,
    oldPath ?? '',
    ...hunks.flatMap(({ heading, lines }) => [heading, ...lines.filter(isQuotable)]),
  ]);
  return [...parts, ...subjects, ...languages, branch].join('\n').toLowerCase();
}

export function checkedSubject(answer: string, context: SubjectContext): CheckedSubject {
  const { facts, style, branch } = context;
  const line = subjectLine(answer, style);
  if (line === '') return { objection: 'it is empty' };
  const styled = styledSubject(line, facts, style, branch);
  const subject = shortened(styled, style.maxColumns);
  if (subject === undefined) return { objection: `it has more than ${style.maxColumns} characters` };
  const objection = objectionTo(subject, context);
  return objection === undefined ? { subject } : { objection };
}

/** The first line, without what a model writes around it; empty when there is none yet. */
export function subjectLine(answer: string, style: SubjectStyle): string {
  const lines = answer
    .replace(/<think>[^]*?(?:<\/think>|$)/g, '')
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim().slice(0, MAX_READ))
    .filter((line) => line !== '' && !/^(?:```|~~~)/.test(line));
  const bare =
    lines
      .map((line) => withoutTicket(unwrapped(unwrapped(line).replace(LABEL, ''))))
      .find((line) => line !== '') ?? '';
  const quotes = style.subjects.some((subject) => subject.includes('`'));
  return (quotes ? bare : bare.replaceAll('`', ''))
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What an author has written, up to the end of a clause that is whole by itself. */
export function shortenedStatement(statement: string, maxColumns: number): string | undefined {
  if (columnsOf(statement) <= maxColumns) return statement;
  const ends = [...statement.matchAll(STATEMENT_END)].map(({ index }) => statement.slice(0, index)).reverse();
  return ends.find(
    (each) =>
      each.length >= MIN_CUT &&
      columnsOf(each) <= maxColumns &&
      (isVerb(baseForm(firstWord(splitPrefix(each, 'area').text))) || FINITE.test(each)) &&
      each.split('`').length % 2 === 1,
  );
}

function unwrapped(line: string): string {
  let text = line;
  for (;;) {
    const next = text
      .replace(/^(?:[-*+>]|#{1,6}|\d+[.)])\s+/, '')
      .replace(/^(\*\*|__|["'`“”「])(.+?)(?:\1|["'`“”」])([.。]?)$/, '$2$3')
      .trim();
    if (next === text) return text;
    text = next;
  }
}

/** @returns `undefined` when it can't end earlier */
function shortened(subject: string, maxColumns: number): string | undefined {
  if (columnsOf(subject) <= maxColumns) return subject;
  const ends = [...subject.matchAll(CLAUSE)].map(({ index }) => index).reverse();
  const end = ends.find((each) => each >= MIN_CUT && columnsOf(subject.slice(0, each)) <= maxColumns);
  return end === undefined ? undefined : subject.slice(0, end);
}

function objectionTo(
  subject: string,
  { facts, style, known, words, isSmallModel }: SubjectContext,
): string | undefined {
  const { text } = splitPrefix(subject, style.prefix);
  const plain = text.replace(/[.。]$/, '');
  if (VAGUE.test(plain) || VAGUE_CHINESE.test(plain)) return 'it does not say what has changed';
  if (MERE_TALK.test(text) && style.script === 'latin') return 'it talks about the commit';
  if (style.subjects.some((each) => each.toLowerCase() === subject.toLowerCase()))
    return 'it is the subject of an earlier change';
  if ((scriptOf([text]) === 'latin') !== (style.script === 'latin')) return 'it is in another language';
  const verb = baseForm(firstWord(withoutTicket(text))).toLowerCase();
  const lines = (key: 'added' | 'removed'): number => facts.files.reduce((sum, file) => sum + file[key], 0);
  if (style.isVerbFirst && style.script === 'latin' && !isVerb(verb)) return 'it does not begin with a verb';
  if (REMOVING.has(verb) && lines('removed') === 0) return 'nothing was removed';
  if (ADDING.has(verb) && lines('added') === 0 && !facts.files.some(({ change }) => change === 'added'))
    return 'nothing was added';
  const unknown = namesIn(text).find((name) => !known.includes(name.toLowerCase()));
  if (unknown !== undefined) return `the change has nothing called ${unknown}`;
  if (style.script !== 'latin') return undefined;
  return hasKnownWord(plain, known)
    ? claimObjection(withoutTicket(plain), verb, words, isSmallModel)
    : 'it says nothing that is in the change';
}

/** What small models say of nearly every change: that it fixes errors, adds a function, or tests something. */
function claimObjection(
  text: string,
  verb: string,
  words: ChangeWords,
  isSmallModel = false,
): string | undefined {
  const isSmall = words.changedLines <= SMALL_CHANGE;
  if (verb === 'fix' && !isSmall && !words.hasRepair)
    return 'nothing in the change says that something was wrong';
  if (ADDING.has(verb) && !words.hasNew) return 'the change adds nothing new';
  if (verb === 'test' && words.testShare < MIN_TEST_SHARE) return 'the change is not about tests';
  const isNamed = words.names.some((name) => text.includes(name));
  const hasNames = words.names.length > 0;
  if (isSmallModel && words.isLarge && hasNames && !isNamed)
    return 'it names no function or type of the change';
  const [first = '', ...rest] = contentStems(text, isSmall);
  // A verb need not be among the lines.
  const stems = words.all.has(first) ? [first, ...rest] : rest;
  const known = stems.filter((stem) => words.all.has(stem)).length;
  if (known < stems.length * MIN_KNOWN_SHARE) return 'most of its words are not in the change';
  const own = stems.filter((stem) => words.own.has(stem)).length;
  const minOwn = isSmall ? 1 : isNamed || !hasNames ? 2 : MIN_OWN_WORDS;
  return own < minOwn ? 'it is too general: name what has changed' : undefined;
}

/** What looks like a name of code, a file, a product or a version. */
function namesIn(text: string): string[] {
  const words = text.match(/[\p{L}\d_$#@][\p{L}\d_$#@./-]*[\p{L}\d_$]|[\p{L}\d]/gu) ?? [];
  return words.filter(
    (word, index) =>
      /[_$#@\d]|[a-z][A-Z]|\w[./]\w/.test(word) ||
      (index > 0 && /^\p{Lu}/u.test(word)) ||
      /^\p{Lu}{2,}$/u.test(word),
  );
}

function hasKnownWord(text: string, known: string): boolean {
  const words = text.toLowerCase().match(CONTENT_WORD) ?? [];
  const [, ...others] = words;
  return others.length === 0
    ? words.length > 0
    : others.some((word) => known.includes(word.slice(0, WORD_STEM)));
}
