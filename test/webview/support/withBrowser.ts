import type { Browser } from 'playwright-core';
import { ChatPage, type OpenOptions } from './chatPage.js';
import { launchBrowser } from './launchBrowser.js';
import { PageServer } from './pageServer.js';

/** Gives the tests of a suite a browser and a server; pages are closed after each test. */
export function withBrowser(): (options?: OpenOptions) => Promise<ChatPage> {
  let browser: Browser;
  let server: PageServer;
  const pages: ChatPage[] = [];
  before(async function () {
    this.timeout(60_000);
    server = await PageServer.start();
    browser = await launchBrowser();
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });
  return async (options) => {
    const page = await ChatPage.open(browser, server.origin, options);
    pages.push(page);
    return page;
  };
}
