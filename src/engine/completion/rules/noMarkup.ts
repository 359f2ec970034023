import type { Rule } from './rule.js';

/** Tokens of infill, chats, repositories and data sets, in the spellings of the model families. */
const WORDS =
  'fim[_-](?:prefix|middle|suffix|pad|hole|begin|end)|file_sep|file_separator|repo_name|reponame|filename|gh_stars|issue_(?:start|comment|closed)|jupyter_\\w+|empty_output|commit_(?:before|msg|after)|endoftext|end_of_(?:text|turn)|start_of_turn|im_(?:start|end)|tool_call|PRE|SUF|MID|EOT|EOM|END';
const MARKUP = new RegExp(
  `<\\|[^|\\s]{1,40}\\|>|<｜[^｜\\n]{1,40}｜>|</?think>|</?(?:${WORDS})>|\\[/?(?:PREFIX|SUFFIX|MIDDLE|INST)\\]|▁<`,
);
/** `<s>` is struck out text where tags are the language. */
const SENTENCE_END = /<\/s>/;
const TAGGED = new Set([
  'html',
  'xml',
  'vue',
  'svelte',
  'markdown',
  'javascriptreact',
  'typescriptreact',
  'php',
]);

/** Cuts at a control token's text: what follows belongs to another document or to no one. */
export const noMarkup: Rule = (text, { languageId }) => {
  const found = MARKUP.exec(text) ?? (TAGGED.has(languageId) ? null : SENTENCE_END.exec(text));
  return found === null ? text : text.slice(0, found.index);
};
