import { click, hasPage, press, readTexts, type } from './workbench.js';

const INPUT = 'textarea[placeholder]';
const ANSWERS = '[role="log"] .assistant';

/** Types a question into the chat; does nothing on the desktop, where no page can be clicked. */
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

/** The last answer's text once it is complete, in one query, since an answer may start between two. */
export async function completeAnswer(): Promise<string | undefined> {
  return (await readTexts('[role="log"]:not([aria-busy="true"]) .assistant')).at(-1);
}
