import { click, hasPage, press, readTexts, type } from './workbench.js';

const INPUT = 'textarea[placeholder]';
const ANSWERS = '[role="log"] .assistant';

/** Asks in the chat, as a person does; on the desktop, where no page can be clicked, it does nothing. */
export async function ask(question: string): Promise<void> {
  if (!hasPage) return;
  await click(INPUT);
  await type(question);
  await press('Enter');
}

/** The last answer's text so far. */
export async function answerText(): Promise<string> {
  return (await readTexts(ANSWERS)).at(-1) ?? '';
}

/** The last answer's text, once it isn't being written any more: one look, since an answer may begin between two. */
export async function completeAnswer(): Promise<string | undefined> {
  return (await readTexts('[role="log"]:not([aria-busy="true"]) .assistant')).at(-1);
}
