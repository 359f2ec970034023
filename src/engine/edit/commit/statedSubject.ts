/**
 * What a change says about itself, in its author's words: the line that it adds to the changelog, the title of a test, the
 * documentation of what most of it defines. A small model says less, and not always the truth.
 */
import { basename } from 'node:path/posix';
import type { ChangeFacts } from './changeFacts.js';
import { baseForm, isVerb } from './commitVerbs.js';
import { newDefinitions, type NewDefinition } from './newDefinitions.js';
import { fileKindOf } from './fileKinds.js';
import { isQuotable } from './shownDiff.js';
import { firstWord } from './subjectStyle.js';

const CHANGELOG = /(?:^|\/)(?:CHANGELOG|CHANGES|HISTORY|NEWS|RELEASE_?NOTES)(?:\.\w+)?$/i;
const BULLET = /^[-*+]\s+(?=\S)/;
/** More new lines than these are about more than one thing. */
const MAX_BULLETS = 2;
/** By these first letters an edited line is told from a new one. */
const SAME_START = 24;
/** Of the added lines of code: what most of the change is. */
const MIN_SHARE = 0.4;
const MIN_LENGTH = 12;
const TITLE = /^\s*(?:it|test)(?:\.\w+)?\(\s*(['"`])((?:(?!\1).){6,200})\1/;
const NAMED_TEST = /^\s*(?:async )?(?:def (test_\w+)|func (Test\w+)\(t|(?:public )?void (test\w+)\()/;
/** Headings of changelogs say what their lines, which are often no sentences, are about. */
const VERBS: Readonly<Record<string, string>> = {
  added: 'Add',
  fixed: 'Fix',
  removed: 'Remove',
  changed: 'Change',
  deprecated: 'Deprecate',
};

/** @returns a line without prefix, in the words of the change; `undefined` when it says nothing that is about all of it */
export function statedSubject(facts: ChangeFacts): string | undefined {
  const line = changelogLine(facts) ?? testLine(facts) ?? definitionLine(facts);
  return line !== undefined && line.length >= MIN_LENGTH && isQuotable(line) ? line : undefined;
}

function changelogLine({ files }: ChangeFacts): string | undefined {
  const hunks = files.filter(({ path }) => CHANGELOG.test(path)).flatMap((file) => file.hunks);
  if (!files.some(({ path }) => fileKindOf(path) !== 'docs')) return undefined;
  const removed = hunks.flatMap(({ lines }) => lines.filter((line) => line.startsWith('-')).map(bare));
  const added: { readonly text: string; readonly heading: string }[] = [];
  for (const { lines } of hunks) {
    let heading = '';
    for (const line of lines) {
      heading = /^[ +]#+\s+(\w+)\s*$/.exec(line)?.[1]?.toLowerCase() ?? heading;
      const text = bare(line);
      const isNew = !removed.some((old) => old.slice(0, SAME_START) === text.slice(0, SAME_START));
      if (line.startsWith('+') && BULLET.test(line.slice(1)) && isNew) added.push({ text, heading });
    }
  }
  const [first] = added;
  return first === undefined || added.length > MAX_BULLETS
    ? undefined
    : bulletSubject(first.text, first.heading);
}

const bare = (line: string): string => line.slice(1).trim().replace(BULLET, '');

function bulletSubject(text: string, heading: string): string {
  const plain = text
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll(/\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)/g, '')
    .replace(/^(?:new|fixed|changed|added|removed|breaking)(?: change)?:\s+/i, '')
    .replace(/\s*\((?:#\d+|by @[\w-]+|@[\w-]+)[^)]*\)\s*$/, '');
  const sentence = firstSentence(plain);
  // Its first word is no form of a verb that a subject could begin with.
  if (/^\w+ing\b/.test(sentence)) return '';
  const verb = VERBS[heading];
  const isSentence = isVerb(baseForm(firstWord(sentence)));
  return verb === undefined || isSentence ? sentence : `${verb} ${lowered(sentence)}`;
}

function testLine({ files, kind }: ChangeFacts): string | undefined {
  if (kind !== 'tests') return undefined;
  const lines = files.flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.lines));
  const titles = (sign: string): string[] =>
    lines.filter((line) => line.startsWith(sign)).flatMap((line) => testTitle(line.slice(1)) ?? []);
  const old = new Set(titles('-'));
  const [first, ...others] = titles('+').filter((title) => !old.has(title));
  if (first === undefined) return undefined;
  // One of the tests of several files says nothing about the others.
  if (others.length > 0 && files.length > 1) return undefined;
  const stem = basename(files[0]?.path ?? '').replace(/(?:[._-](?:test|spec|tests))?\.\w+$|^test_/g, '');
  if (others.length > 0) return `Add tests of ${stem}: ${first}`;
  const word = firstWord(first).toLowerCase();
  const isStatement =
    ['should', 'is', 'has', 'does', 'can', 'isn'].includes(word) ||
    (word.endsWith('s') && isVerb(baseForm(word)));
  return isStatement ? `Test that it ${first}` : `Test ${first}`;
}

function testTitle(line: string): string | undefined {
  const title = TITLE.exec(line)?.[2];
  if (title !== undefined) return title.includes('${') ? undefined : title;
  const groups: readonly (string | undefined)[] = NAMED_TEST.exec(line)?.slice(1) ?? [];
  return groups
    .find((group) => group !== undefined)
    ?.replace(/^test_?/i, '')
    .replaceAll(/_+|(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .trim()
    .toLowerCase();
}

function definitionLine(facts: ChangeFacts): string | undefined {
  const { files, kind } = facts;
  if (!['added', 'code', 'mixed'].includes(kind)) return undefined;
  const code = files.filter(({ path, content }) => content === 'text' && fileKindOf(path) === 'code');
  const all = code.reduce((sum, { added }) => sum + added, 0);
  const largest = code
    .flatMap((file) => newDefinitions(file))
    .reduce<NewDefinition | undefined>(
      (most, each) => (most === undefined || each.lines > most.lines ? each : most),
      undefined,
    );
  if (largest?.documentation === undefined || largest.lines < all * MIN_SHARE) return undefined;
  const sentence = firstSentence(largest.documentation);
  // The documentation of Go begins with the name.
  const own = sentence.replace(new RegExp(`^${largest.name.replaceAll('$', '\\$')}\\s+`), '');
  if (isVerb(baseForm(firstWord(own)))) return own;
  return `Add ${largest.name}: ${lowered(own)}`;
}

function firstSentence(text: string): string {
  return /^.+?(?=[.!?](?:\s|$)|。|$)/.exec(text.trim())?.[0] ?? '';
}

/** But for a name, or a word in capitals. */
function lowered(text: string): string {
  return /^\p{Lu}[\p{Ll}'’]*(?:\s|$)/u.test(text) ? text.slice(0, 1).toLowerCase() + text.slice(1) : text;
}
