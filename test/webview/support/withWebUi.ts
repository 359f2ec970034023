import type { Browser } from 'playwright-core';
import { launchBrowser } from './launchBrowser.js';
import { StandInServer } from './standInServer.js';
import { WebUi, type WebUiOptions } from './webUi.js';

/** A name that resolves to this machine, but that browsers don't treat as local. */
export const OTHER_MACHINE = 'other-machine.test';

export interface WebUiFixture {
  readonly open: (options?: WebUiOptions) => Promise<WebUi>;
  readonly server: () => StandInServer;
}

/** Gives the tests of a suite a browser and a stand-in server, which is reset for each test. */
export function withWebUi(): WebUiFixture {
  let browser: Browser;
  let server: StandInServer;
  const pages: WebUi[] = [];
  before(async function () {
    this.timeout(60_000);
    server = await StandInServer.start();
    browser = await launchBrowser(`--host-resolver-rules=MAP ${OTHER_MACHINE} 127.0.0.1`);
  });
  beforeEach(() => server.reset());
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });
  return {
    open: async (options) => {
      const ui = await WebUi.open(browser, server.port, options);
      pages.push(ui);
      return ui;
    },
    server: () => server,
  };
}
