import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { inRoot } from '../tools/paths.mjs';

/** Maximum time that a request waits for an element to appear. */
const MAX_WAIT_MS = 20_000;

/**
 * Lets tests in the extension host operate the page as a user does: real keys and clicks, screenshots and the texts of
 * elements, also in webviews. Tests POST requests as JSON; `test/vscode/support/workbench.ts` is the client.
 */
export async function openWorkbenchChannel(page) {
  page.setDefaultTimeout(MAX_WAIT_MS);
  const path = `/${randomUUID()}`; // other programs and web pages can't guess it
  const server = createServer(async (incoming, response) => {
    if (incoming.url !== path) return response.writeHead(404).end();
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const answer = await perform(page, JSON.parse(body)).then(
      (result) => ({ result: result ?? null }),
      (error) => ({ error: error.message }),
    );
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}${path}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function perform(page, request) {
  switch (request.action) {
    case 'screenshot': {
      mkdirSync(inRoot('out/screenshots'), { recursive: true });
      const path = inRoot('out/screenshots', `${request.name}.png`);
      const target = request.selector === undefined ? page : await find(page, request.selector);
      await target.screenshot({ path, animations: 'disabled' });
      return path;
    }
    case 'print':
      return console.log(request.text);
    case 'press':
      return page.keyboard.press(request.key);
    case 'type':
      return page.keyboard.type(request.text, { delay: request.delay ?? 0 });
    case 'click':
      return (await find(page, request.selector)).click({ button: request.button ?? 'left' });
    case 'hover':
      return (await find(page, request.selector)).hover();
    case 'text':
      return readable(await (await find(page, request.selector)).innerText());
    case 'texts':
      return (await allTexts(page, request.selector)).map(readable);
    case 'draw':
      return page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    case 'resize':
      return page.setViewportSize({ width: request.width, height: request.height });
    default:
      throw new Error(`unknown action of the workbench channel: "${request.action}"`);
  }
}

/** The first visible match in the workbench or one of its webviews, which are nested frames. */
async function find(page, selector) {
  const end = Date.now() + MAX_WAIT_MS;
  do {
    for (const frame of page.frames()) {
      const match = frame.locator(selector).filter({ visible: true }).first();
      if ((await match.count().catch(() => 0)) > 0) return match;
    }
    await page.waitForTimeout(100);
  } while (Date.now() < end);
  throw new Error(`nothing visible matches ${selector}`);
}

/** The texts of all currently visible matches. */
async function allTexts(page, selector) {
  const texts = page.frames().map(
    (frame) =>
      frame
        .locator(selector)
        .filter({ visible: true })
        .allInnerTexts()
        .catch(() => []), // the frame was just removed
  );
  return (await Promise.all(texts)).flat();
}

/** Replaces the no-break spaces that the editor shows for blanks. */
const readable = (text) => text.replaceAll('\u00a0', ' ');
