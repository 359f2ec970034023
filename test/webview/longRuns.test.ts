import assert from 'node:assert/strict';
import type { CDPSession } from 'playwright-core';
import type { ChatTurn } from '../../src/protocol/chatTurn.js';
import { withBrowser } from './support/browser.js';
import { answer, question, WAITING, type ChatPage } from './support/chatPage.js';
import { longRun, runsOf } from '../fixtures/longRuns.js';

const RUNS = runsOf(
  'letters',
  'words',
  'digits',
  'line ends',
  'Chinese',
  'emoji',
  'hidden characters',
  'asterisks',
  'asterisks that open',
  'opening square brackets',
  'images',
  'links',
  'backticks',
  'backticks before letters',
  'fences of Markdown',
  'dollars',
  'dollars before letters',
  'beginnings of formulas',
  'beginnings of displayed formulas',
  'environments',
  'backslashes',
  'pipes',
  'opening angle brackets',
  'beginnings of tags',
  'quotations',
  'nested quotations',
  'nested lists',
  'items',
  'beginnings of addresses',
  'quotes',
);
const code = (language: string, text: string): readonly ChatTurn[] => [
  answer('a', { text: `\`\`\`${language}\n${text}\n`, state: 'done' }),
];
/** Ways of a text into the page. */
const DOORS: Readonly<Record<string, (text: string) => readonly ChatTurn[]>> = {
  'an answer': (text) => [answer('a', { text, state: 'done' })],
  'an item of an answer': (text) => [answer('a', { text: `- [${text}](x)`, state: 'done' })],
  // The languages whose highlighting took longest.
  'code in Java': (text) => code('java', text),
  'code in C#': (text) => code('csharp', text),
  'a question': (text) => [question('q', text)],
};

const LENGTH = 6000;
const FACTOR = 8;
/** Time for the square of the length grows by 64. */
const MAX_RATIO = 24;
/** Shorter times are noise. */
const FLOOR_MS = 100;

describe('long runs on the chat page', function () {
  this.timeout(300_000);
  const open = withBrowser();

  for (const [door, turnsOf] of Object.entries(DOORS))
    it(`cost ${door} time in proportion to their length`, async () => {
      const chat = await open();
      const session = await chat.page.context().newCDPSession(chat.page);
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      const slow: string[] = [];
      for (const [what, unit] of RUNS) {
        const run = (length: number): readonly ChatTurn[] => turnsOf(longRun(unit, length));
        const ratio = await leastRatio(chat, session, run(LENGTH), run(LENGTH * FACTOR));
        if (ratio > MAX_RATIO) slow.push(`${what}: ${ratio.toFixed(1)}`);
      }
      assert.deepEqual(slow, []);
      assert.deepEqual(chat.pageErrors, []);
    });

  it('are shown: 400,000 characters, streamed or at once', async () => {
    for (const unit of ['a', '*', '>', '`', '$']) {
      const text = unit.repeat(400_000);
      const chat = await open({ init: { turns: WAITING } });
      await chat.stream('a', text.match(/[^]{1,100000}/g) ?? []);
      await chat.send({ kind: 'turn', turn: answer('a', { text: `${text}\n\nThe end.`, state: 'done' }) });
      await chat.page.locator('.markdown', { hasText: 'The end.' }).waitFor({ timeout: 60_000 });
      assert.deepEqual(chat.pageErrors, [], unit);
      await chat.close();
    }
  });
});

/**
 * How many times as long the long run takes, at least: what else the browser does falls into single rounds, time that
 * grows with the square is there in each of them.
 */
async function leastRatio(
  chat: ChatPage,
  session: CDPSession,
  short: readonly ChatTurn[],
  long: readonly ChatTurn[],
): Promise<number> {
  let ratio = Infinity;
  for (let round = 0; round < 5 && ratio > MAX_RATIO; round++) {
    const longer = await cost(chat, session, long);
    if (longer <= FLOOR_MS) return 0;
    ratio = Math.min(ratio, longer / Math.max(FLOOR_MS / FACTOR, await cost(chat, session, short)));
  }
  return ratio;
}

/** Milliseconds of the page's own work, with layout: other processes don't count. */
async function cost(chat: ChatPage, session: CDPSession, turns: readonly ChatTurn[]): Promise<number> {
  await chat.send({ kind: 'conversation', turns: [] });
  const before = await taskTime(session);
  await chat.send({ kind: 'conversation', turns });
  return (await taskTime(session)) - before;
}

async function taskTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}
