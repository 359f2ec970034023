import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { inRoot } from '../tools/paths.mjs';

/** How long a test's wish waits for what it is about to be there. */
const LIMIT_MS = 20_000;

/**
 * Lets tests in the extension host do what a person does with the page: real keys, clicks, a look (a screenshot, the
 * text of an element, in webviews too). They POST a wish as JSON; `test/vscode/support/workbench.ts` is their side.
 */
export async function openWorkbenchChannel(page) {
  page.setDefaultTimeout(LIMIT_MS);
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const answer = await perform(page, JSON.parse(body)).then(
      (result) => ({ result: result ?? null }),
      (error) => ({ error: error.message }),
    );
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function perform(page, wish) {
  switch (wish.action) {
    case 'screenshot': {
      mkdirSync(inRoot('out/screenshots'), { recursive: true });
      const path = inRoot('out/screenshots', `${wish.name}.png`);
      const target = wish.selector === undefined ? page : await find(page, wish.selector);
      await target.screenshot({ path, animations: 'disabled' });
      return path;
    }
    case 'print':
      return console.log(wish.text);
    case 'press':
      return page.keyboard.press(wish.key);
    case 'type':
      return page.keyboard.type(wish.text, { delay: wish.delay ?? 0 });
    case 'click':
      return (await find(page, wish.selector)).click({ button: wish.button ?? 'left' });
    case 'hover':
      return (await find(page, wish.selector)).hover();
    case 'text':
      return readable(await (await find(page, wish.selector)).innerText());
    case 'texts':
      return (await allTexts(page, wish.selector)).map(readable);
    case 'draw':
      return page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    case 'resize':
      return page.setViewportSize({ width: wish.width, height: wish.height });
    default:
      throw new Error(`the workbench channel knows no action "${wish.action}"`);
  }
}

/** The first visible match in the workbench or in one of its webviews, which are frames inside of frames. */
async function find(page, selector) {
  const end = Date.now() + LIMIT_MS;
  do {
    for (const frame of page.frames()) {
      const match = frame.locator(selector).filter({ visible: true }).first();
      if ((await match.count().catch(() => 0)) > 0) return match;
    }
    await page.waitForTimeout(100);
  } while (Date.now() < end);
  throw new Error(`nothing visible matches ${selector}`);
}

/** The texts of all visible matches now. */
async function allTexts(page, selector) {
  const texts = page.frames().map(
    (frame) =>
      frame
        .locator(selector)
        .filter({ visible: true })
        .allInnerTexts()
        .catch(() => []), // a frame that has just gone
  );
  return (await Promise.all(texts)).flat();
}

/** The editor shows blanks as no-break spaces. */
const readable = (text) => text.replaceAll('\u00a0', ' ');
