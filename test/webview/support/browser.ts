import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { ChatPage, type OpenOptions } from './chatPage.js';
import { PageServer } from './pageServer.js';
import { FakeServer } from './fakeServer.js';
import { WebUi, type WebUiOptions } from './webUi.js';

/** A host name that resolves to this machine, but isn't local to browsers. */
export const OTHER_MACHINE = 'other-machine.test';

export interface WebUiFixture {
  readonly open: (options?: WebUiOptions) => Promise<WebUi>;
  readonly server: () => FakeServer;
}

// One browser and one server of each kind for all tests of a run.
let browser: Promise<Browser> | undefined;
let pageServer: Promise<PageServer> | undefined;
let fakeServer: Promise<FakeServer> | undefined;

after(async () => {
  await (await browser)?.close();
  await (await pageServer)?.stop();
  await (await fakeServer)?.stop();
});

async function launch(): Promise<Browser> {
  const tool = join(process.env['YOUTU_ROOT'] ?? process.cwd(), 'scripts/tools/chromium.mjs');
  const { ensureChromium, chromiumArguments } = (await import(pathToFileURL(tool).href)) as {
    ensureChromium: () => Promise<string>;
    chromiumArguments: string[];
  };
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: [...chromiumArguments, `--host-resolver-rules=MAP ${OTHER_MACHINE} 127.0.0.1`],
  });
}

/** Gives the tests of a suite the chat page of VS Code; pages are closed after each test. */
export function withBrowser(): (options?: OpenOptions) => Promise<ChatPage> {
  const pages: ChatPage[] = [];
  before(async () => {
    await (browser ??= launch());
    await (pageServer ??= PageServer.start());
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });
  return async (options) => {
    const { origin } = await (pageServer ??= PageServer.start());
    const page = await ChatPage.open(await (browser ??= launch()), origin, options);
    pages.push(page);
    return page;
  };
}

/** Gives the tests of a suite the page of `youtu serve` and a fake server, which is reset for each test. */
export function withWebUi(): WebUiFixture {
  let server: FakeServer;
  const pages: WebUi[] = [];
  before(async () => {
    await (browser ??= launch());
    server = await (fakeServer ??= FakeServer.start());
  });
  beforeEach(() => server.reset());
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });
  return {
    open: async (options) => {
      const ui = await WebUi.open(await (browser ??= launch()), server.port, options);
      pages.push(ui);
      return ui;
    },
    server: () => server,
  };
}
