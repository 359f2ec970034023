import { languageOf } from '../../language/languageOf.js';
import type { Rule } from './rule.js';

const ENGLISH = [
  String.raw`(?:sure|certainly|of course|okay|absolutely)[,!.]\s`,
  String.raw`here(?:'s| is| are) (?:the|a|an|your|some|how)\b`,
  String.raw`(?:i'm sorry|i apologi[sz]e|as an ai)\b`,
  String.raw`to (?:complete|fix) (?:the|this) (?:code|function)\b`,
  String.raw`(?:this|the|in this) (?:(?:above|following|given|provided|updated|completed) )?(?:code|function|snippet|script|example)(?: snippet| block)? (?:is|will|demonstrates|defines|shows|uses|creates|implements|provides|reads|checks)\b`,
  String.raw`explanation:\s*(?:\n|$)`,
];
const CHINESE = '(?:当然|好的|以下是|下面是|这是|这段代码|上述代码|很抱歉)[，,。：:！!]?';
/** How an instruct model begins when it takes code for a question. */
const OPENING = new RegExp(String.raw`^\s*(?:${[...ENGLISH, CHINESE].join('|')})`, 'iu');

/** How such a sentence may begin. */
const OPENING_BEGUN =
  /^\s*(?:sure|certainly|of|course|okay|absolutely|here|here's|i|i'm|i'm sorry|i apologi[sz]e|as|an|ai|to|this|the|in|explanation|当|以|下|上|这|很|好)(?:\b|[^\x00-\x7f])/i;
/** After so many characters a sentence to the user is recognized. */
const OPENING_LENGTH = 24;

/** Drops sentences to the user instead of code. In prose and comments such a sentence may be what is wanted. */
export const dropChatTalk: Rule = {
  name: 'dropChatTalk',
  drop: (text, { languageId, linePrefix }) => {
    const { lineComment, isProse } = languageOf(languageId);
    const isComment =
      (lineComment !== '' && linePrefix.includes(lineComment)) || /["'`]|\/\*|<!--|^\s*\*/.test(linePrefix);
    if (isProse || isComment) return text;
    return OPENING.test(text) ? '' : text;
  },
  mightBeDropped: ({ last, isFirst }, { languageId }) => {
    const isOpening = isFirst && last.length < OPENING_LENGTH && OPENING_BEGUN.test(last);
    return isOpening && !languageOf(languageId).isProse ? 1 : 0;
  },
};
