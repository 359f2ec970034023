import type { DocStyle } from './docStyle.js';
import { commentStart } from './docComment.js';
import type { EditPrompt } from '../answerWriter.js';
import { fenceFor } from '../fix/fixPrompt.js';
import { fenceName, languageName } from '../../language/languageName.js';

export interface DocumentQuestion {
  readonly languageId: string;
  /** The symbol's code, or its beginning, without a comment that it has already. */
  readonly code: readonly string[];
  readonly name: string | undefined;
  readonly style: DocStyle;
  /** The natural language to write in. */
  readonly language: string;
}

/** Asks for the comment alone; the answer begins inside it. */
export function documentPrompt(question: DocumentQuestion): EditPrompt {
  const { languageId, code, name, style, language } = question;
  const text = code.join('\n');
  const fence = fenceFor(text);
  const subject = name === undefined ? `this ${languageName(languageId)} code` : `\`${name}\``;
  const content = [
    `${fence}${fenceName(languageId)}\n${text}\n${fence}`,
    `Write the ${style.name} for ${subject} in ${language}: what it does, and where it has them its parameters and what it returns. Be short and exact, without an example. Reply with the comment only.`,
  ].join('\n\n');
  return {
    messages: [{ role: 'user', content }],
    answerStart: `${fence}${fenceName(languageId)}\n${commentStart(style, name)}`,
  };
}
