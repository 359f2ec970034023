import type { Rule } from './rule.js';

const MARKUP =
  /<\|[^|\n]{1,40}\|>|<｜[^｜\n]{1,40}｜>|<\/?think>|<(?:PRE|SUF|MID|EOT)>|\[(?:PREFIX|SUFFIX|MIDDLE)\]|<\/s>/;

/** Cuts at a control token's text: what follows belongs to another document or to no one. */
export const noMarkup: Rule = (text) => {
  const found = MARKUP.exec(text);
  return found === null ? text : text.slice(0, found.index);
};
