import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';

export interface WebUiOptions extends BrowserContextOptions {
  /** Path of the page; default: the server's root. */
  readonly path?: string;
  /** Name by which the browser reaches the server; default: the loopback address, which browsers trust most. */
  readonly host?: string;
  /** Settings as the browser has stored them. */
  readonly settings?: unknown;
}

/** The page of `youtu serve` in a browser, as a user sees it. */
export class WebUi {
  /** Errors on the page's console, and violations of its policy. */
  readonly pageErrors: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.pageErrors.push(error.message));
    page.on('console', (message) => {
      // Some tests make requests fail on purpose.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.pageErrors.push(message.text());
    });
  }

  static async open(browser: Browser, port: number, options: WebUiOptions = {}): Promise<WebUi> {
    const { path = '/', host = '127.0.0.1', settings, ...rest } = options;
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      ...rest,
    });
    const ui = new WebUi(context, await context.newPage());
    if (settings !== undefined)
      await ui.page.addInitScript(
        // Only once, so that the page's own changes persist.
        (kept) => localStorage.getItem('youtu.settings') ?? localStorage.setItem('youtu.settings', kept),
        typeof settings === 'string' ? settings : JSON.stringify(settings),
      );
    await ui.page.goto(`http://${host}:${port}${path}`);
    await ui.input.waitFor();
    return ui;
  }

  /** The same page in another tab of the same browser. */
  async openTab(): Promise<WebUi> {
    const ui = new WebUi(this.context, await this.context.newPage());
    await ui.page.goto(this.page.url());
    await ui.input.waitFor();
    return ui;
  }

  get input(): Locator {
    return this.page.locator('.composer textarea');
  }

  /** The last answer. */
  get answer(): Locator {
    return this.page.locator('.turn.assistant').last();
  }

  /** Titles of the list, from the top. */
  get titles(): Locator {
    return this.page.locator('.history-title');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Sends a question without waiting for the answer. */
  async ask(question: string): Promise<void> {
    await this.input.fill(question);
    await this.input.press('Enter');
  }

  /** Sends a question, and waits until the answer is complete. */
  async askAndWait(question: string): Promise<void> {
    await this.ask(question);
    await this.answer.and(this.page.locator('[aria-busy=false]')).waitFor();
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
