import { request } from 'node:http';
import * as vscode from 'vscode';

/**
 * The user of VS Code, for tests: keys, clicks and screenshots. In the fake VS Code (scripts/vscode/codeStandIn.mjs)
 * they are real ones on the page; on the desktop keys become the commands that they are bound to, and no page is
 * available.
 */
const channel = process.env['YOUTU_WORKBENCH'];

/** Whether the page itself can be used: clicks, texts and screenshots. */
export const hasPage = channel !== undefined;

/** Types into the focused element. @param delay milliseconds between two keys */
export async function type(text: string, delay = 0): Promise<void> {
  if (hasPage) await send({ action: 'type', text, delay });
  else for (const character of text) await vscode.commands.executeCommand('type', { text: character });
}

/** Presses a key or a chord, in Playwright's names: `Tab`, `Escape`, `Control+Space`. */
export async function press(key: string): Promise<void> {
  if (hasPage) {
    await send({ action: 'press', key });
    return;
  }
  const command = DESKTOP_COMMANDS[key];
  if (command === undefined) throw new Error(`the key ${key} has no command on the desktop`);
  await vscode.commands.executeCommand(command);
}

const DESKTOP_COMMANDS: Readonly<Record<string, string>> = {
  Tab: 'editor.action.inlineSuggest.commit',
  Escape: 'editor.action.inlineSuggest.hide',
  Enter: 'lineBreakInsert',
  Backspace: 'deleteLeft',
  'Control+ArrowRight': 'editor.action.inlineSuggest.acceptNextWord',
  'Control+Space': 'editor.action.triggerSuggest',
  'Control+Z': 'undo',
  'Control+.': 'editor.action.quickFix',
};

/** Clicks the first visible match, in the workbench or in a webview; waits up to 20 s for it. */
export async function click(selector: string): Promise<void> {
  await send({ action: 'click', selector });
}

/** Moves the mouse onto the first visible match. */
export async function hover(selector: string): Promise<void> {
  await send({ action: 'hover', selector });
}

/** The visible text of the first visible match, in the workbench or in a webview; waits up to 20 s for it. */
export async function readText(selector: string): Promise<string> {
  return String(await send({ action: 'text', selector }));
}

/** The texts of all visible matches now, perhaps none. */
export async function readTexts(selector: string): Promise<readonly string[]> {
  return (await send({ action: 'texts', selector })) as string[];
}

/** Saves out/screenshots/NAME.png, of the whole page or of one element. */
export async function screenshot(name: string, selector?: string): Promise<void> {
  if (hasPage) await send({ action: 'screenshot', name, selector });
  else console.log(`(no screenshot "${name}" on the desktop)`);
}

/** Sets the page's size, in CSS pixels; it is 1280 × 800 at first. */
export async function resize(width: number, height: number): Promise<void> {
  if (hasPage) await send({ action: 'resize', width, height });
}

/**
 * Waits until VS Code has handled the extension host's messages, and the page has drawn the result. After it, a test
 * can assert that something did not happen.
 */
export async function settled(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    // Commands keep the order in which they are sent.
    await vscode.commands.executeCommand('setContext', 'youtu.test.settled', round);
    if (hasPage) await send({ action: 'draw' });
  }
}

/** Prints a line of the tests' output. */
export async function print(text: string): Promise<void> {
  await send({ action: 'print', text });
}

function send(body: Readonly<Record<string, unknown>>): Promise<unknown> {
  if (channel === undefined) return Promise.reject(new Error('the desktop has no page that tests can reach'));
  return new Promise((resolve, reject) => {
    const post = request(channel, { method: 'POST' }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const answer = JSON.parse(text) as { result?: unknown; error?: string };
        if (answer.error === undefined) resolve(answer.result);
        else reject(new Error(answer.error));
      });
    });
    post.on('error', reject);
    post.end(JSON.stringify(body));
  });
}
