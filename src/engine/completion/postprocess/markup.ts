/** Rules against markup around code: control tokens and the fences of Markdown. */
import { languageOf } from '../../language/languageOf.js';
import type { Rule } from './rule.js';

/** Tokens of infill, chats, repositories and data sets, in the spellings of the model families. */
const WORDS =
  'fim[_-](?:prefix|middle|suffix|pad|hole|begin|end)|file_sep|file_separator|repo_name|reponame|filename|gh_stars|issue_(?:start|comment|closed)|jupyter_\\w+|empty_output|commit_(?:before|msg|after)|endoftext|end_of_(?:text|turn)|start_of_turn|im_(?:start|end)|tool_call|PRE|SUF|MID|EOT|EOM|END';
const CONTROL_TOKEN = new RegExp(
  `<\\|[^|\\s]{1,40}\\|>|<｜[^｜\\n]{1,40}｜>|</?think>|</?(?:${WORDS})>|\\[/?(?:PREFIX|SUFFIX|MIDDLE|INST)\\]|▁<`,
  'g',
);
/** Where tags are part of the language, `</s>` ends text that is struck out. */
const CONTROL_TOKEN_OR_END = new RegExp(`${CONTROL_TOKEN.source}|</s>`, 'g');

/** Cuts at the text of a control token: what follows belongs to another document. */
export const cutControlTokens: Rule = {
  name: 'cutControlTokens',
  drop: (text, { languageId, prefix, suffix }) => {
    const pattern = languageOf(languageId).tags === 'none' ? CONTROL_TOKEN_OR_END : CONTROL_TOKEN;
    for (const { 0: mark, index } of text.matchAll(pattern)) {
      // A document about such tokens may have more of them.
      if (!prefix.includes(mark) && !suffix.includes(mark)) return text.slice(0, index);
    }
    return text;
  },
};

/** Ends a text where another cell of a notebook begins. Where `%` begins comments, two of them do as well. */
export const cutCellMagic: Rule = {
  name: 'cutCellMagic',
  drop: (text, { languageId, linePrefix }) => {
    const { lineComment, isProse } = languageOf(languageId);
    if (isProse || lineComment.startsWith('%') || !text.includes('%%')) return text;
    const lines = text.split('\n');
    const at = lines.findIndex((line, i) => /^%%\w/.test(i === 0 ? linePrefix + line : line));
    return at < 0 || (at === 0 && linePrefix !== '') ? text : lines.slice(0, at).join('\n');
  },
  mightBeDropped: ({ lines, line }, { linePrefix }) =>
    /^%%?$/.test(line) && (lines.length > 0 || linePrefix === '') ? 1 : 0,
};

const FENCE = /^[ \t]*(?:```|~~~)/m;

/** Takes off the code fences of Markdown: the opening one with its language, and all from the closing one on. */
export const stripFences: Rule = {
  name: 'stripFences',
  drop: (text, { languageId, prefix }) => {
    if (languageOf(languageId).id === 'markdown' && !isInsideFence(prefix)) return text;
    const opened = text.replace(/^\s*(?:```|~~~)[\w+-]*[ \t]*(?:\n|$)/, '');
    const end = FENCE.exec(opened);
    return end === null ? opened : opened.slice(0, end.index).replace(/\n$/, '');
  },
};

/** Whether the line only opens a code block, so that the answer begins below it. */
export function isOpeningFence(line: string): boolean {
  return /^\s*(?:```|~~~)[\w-]*$/.test(line);
}

/** In Markdown a fence is ordinary text, unless it would close the code block that the cursor is in. */
function isInsideFence(prefix: string): boolean {
  return (prefix.match(/^[ \t]*(?:```|~~~)/gm) ?? []).length % 2 === 1;
}

/** What may become a control token, a tag of thoughts, or a fence. */
const MARKUP_BEGUN = /(?:<[|｜/]?[^\s<>()]{0,40}|\[\/?[A-Z]{1,6}|(?<=^|\n)[ \t]*[`~]{1,3}[\w-]*)$/;

/** An unfinished text without markup that may have begun at its end. */
export function beforeBegunMarkup(text: string): string {
  return text.replace(MARKUP_BEGUN, '');
}
