import * as vscode from 'vscode';
import { until } from './until.js';
import { click, hasPage, readTexts, settled } from './workbench.js';

/** Waits until a notification with this text is shown; on the desktop no page can be read. */
export async function notificationShows(text: string | RegExp): Promise<void> {
  if (!hasPage) return;
  let texts: readonly string[] = [];
  const shows = async (): Promise<boolean> => {
    // The list closes when its last notification goes.
    await vscode.commands.executeCommand('notifications.showList');
    texts = (await readTexts('.notification-list-item')).map((each) => each.replaceAll('\u00a0', ' '));
    return texts.some((each) => (typeof text === 'string' ? each.includes(text) : text.test(each)));
  };
  await until(`a notification with “${String(text)}”`, shows).catch((error: unknown) => {
    throw new Error(`${String(error)}; shown: ${JSON.stringify(texts)}`);
  });
}

/** Presses a notification’s button until it is gone: a click on a row that just moves has no effect. */
export async function pressInNotification(button: string): Promise<void> {
  const selector = `.notification-list-item .monaco-button:has-text("${button}")`;
  await click(selector);
  while ((await readTexts(selector)).length > 0) {
    await settled();
    if ((await readTexts(selector)).length > 0) await click(selector);
  }
}
