import type { Rule } from './rule.js';

/** How an instruct model begins when it takes code for a question. */
const CHAT_OPENING =
  /^\s*(?:(?:sure|certainly|of course|okay|absolutely)[,!.]\s|here(?:'s| is| are) (?:the|a|an|your|some|how)\b|(?:i'm sorry|i apologi[sz]e|as an ai)\b|to (?:complete|fix) (?:the|this) (?:code|function)\b|(?:当然|好的|以下是|这是|很抱歉)[，,。：:！!]?)/iu;

/** Drops what talks to the user instead of writing code. In prose such a sentence may be what is wanted. */
export const noChatTalk: Rule = (text, { languageId }) => {
  if (languageId === 'markdown' || languageId === 'plaintext' || languageId === 'latex') return text;
  return CHAT_OPENING.test(text) ? '' : text;
};
