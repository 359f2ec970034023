import type { Rule } from './rule.js';

/** One blank where the text meets the line, not two: the prefix ends with one and the model begins with another. */
export const trimLeadingBlank: Rule = (text, { linePrefix }) =>
  /[ \t]$/.test(linePrefix) && linePrefix.trim() !== '' ? text.replace(/^[ \t]+/, '') : text;
