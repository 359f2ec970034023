import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { AssistantTurn, ChatTurn, UserTurn } from '../../../src/protocol/chatTurn.js';
import type { ChatPageMessage, ChatViewMessage } from '../../../src/protocol/chatView.js';
import { ENGLISH } from './englishStrings.js';
// Values of VS Code 1.139's default themes, as seen by a webview; only those that the style sheet uses.
import themes from './themes.json' with { type: 'json' };

type Init = Extract<ChatViewMessage, { kind: 'init' }>;
export type ThemeName = keyof typeof themes;

export interface OpenOptions {
  readonly init?: Partial<Init>;
  readonly state?: unknown;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** As the browser's zoom: 2 = 200 %. */
  readonly zoom?: number;
}

/** The rules of VS Code's style sheet for webviews that affect the page. */
const VSCODE_DEFAULTS = `@layer vscode-default {
  body { background-color: transparent; color: var(--vscode-editor-foreground); margin: 0; padding: 0 20px; }
  a, a code { color: var(--vscode-textLink-foreground); }
  a:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
  code { color: var(--vscode-textPreformat-foreground); background: var(--vscode-textPreformat-background);
    padding: 1px 3px; border-radius: 4px; }
  blockquote { background: var(--vscode-textBlockQuote-background); }
  ::-webkit-scrollbar { width: 10px; height: 10px; }
  ::-webkit-scrollbar-thumb { background-color: var(--vscode-scrollbarSlider-background); }
}`;

/** The chat's page in a browser, with a host that records the page's messages. */
export class ChatPage {
  /** Errors on the page's console, and violations of its policy. */
  readonly pageErrors: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.pageErrors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.pageErrors.push(message.text());
    });
  }

  static async open(browser: Browser, origin: string, options: OpenOptions = {}): Promise<ChatPage> {
    const { init = {}, state, theme = 'dark', width = 420, height = 700, zoom = 1 } = options;
    const context = await browser.newContext({
      viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
      deviceScaleFactor: zoom,
    });
    const chat = new ChatPage(context, await context.newPage());
    await chat.page.addInitScript(installFakeHost, state);
    await chat.page.goto(origin);
    await chat.setTheme(theme);
    await chat.send({
      kind: 'init',
      strings: ENGLISH,
      turns: [],
      status: { kind: 'ready' },
      attachments: [],
      draft: { text: '', revision: 0 },
      ...init,
    });
    await chat.page.waitForSelector('.composer');
    return chat;
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  /** Sends a message from the host. */
  async send(message: ChatViewMessage): Promise<void> {
    await this.page.evaluate((data) => window.postMessage(data, '*'), message);
    await this.settled();
  }

  /** Streams an answer, a piece a frame. */
  async stream(turn: string, pieces: readonly string[]): Promise<void> {
    await this.page.evaluate(
      async (messages) => {
        for (const message of messages) {
          window.postMessage(message, '*');
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      },
      pieces.map((text) => ({ kind: 'delta', turn, part: 'text', text })),
    );
    await this.settled();
  }

  /** Waits until the page has received all messages and has drawn them. */
  private async settled(): Promise<void> {
    await this.page.evaluate(async () => {
      // A channel's messages may overtake the window's, so this one is sent to the window; the page ignores it.
      const marker = crypto.randomUUID();
      await new Promise<void>((resolve) => {
        const listen = ({ data }: MessageEvent): void => {
          if (data !== marker) return;
          window.removeEventListener('message', listen);
          resolve();
        };
        window.addEventListener('message', listen);
        window.postMessage(marker, '*');
      });
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
  }

  /** All messages of one kind that the page has sent. */
  async sent<K extends ChatPageMessage['kind']>(
    kind: K,
  ): Promise<readonly Extract<ChatPageMessage, { kind: K }>[]> {
    const all = await this.page.evaluate(
      () => (window as unknown as { sentMessages: ChatPageMessage[] }).sentMessages,
    );
    return all.filter((message): message is Extract<ChatPageMessage, { kind: K }> => message.kind === kind);
  }

  keptState(): Promise<unknown> {
    return this.page.evaluate(() => (window as unknown as { keptState: () => unknown }).keptState());
  }

  private async setTheme(name: ThemeName): Promise<void> {
    const { bodyClass, variables } = themes[name];
    await this.page.evaluate(
      ({ bodyClass, variables, defaults }) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(defaults);
        document.adoptedStyleSheets = [sheet];
        for (const [variable, value] of Object.entries(variables))
          document.documentElement.style.setProperty(variable, value);
        document.body.className = bodyClass;
        // The background that VS Code gives the view.
        document.documentElement.style.backgroundColor = 'var(--vscode-sideBar-background)';
      },
      { bodyClass, variables, defaults: VSCODE_DEFAULTS },
    );
  }
}

export function question(id: string, text: string, attachments: UserTurn['attachments'] = []): UserTurn {
  return { role: 'user', id, text, attachments };
}

export function answer(id: string, change: Partial<AssistantTurn> = {}): AssistantTurn {
  return { role: 'assistant', id, text: '', thinking: '', state: 'streaming', ...change };
}

/** A question whose answer hasn't arrived yet. */
export const WAITING: readonly ChatTurn[] = [question('q', 'How?'), answer('a')];

/** A fake of VS Code's webview API. Runs inside the page, before the page's script. */
function installFakeHost(state: unknown): void {
  const sent: unknown[] = [];
  let kept = state;
  Object.assign(window, {
    sentMessages: sent,
    keptState: () => kept,
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => void sent.push(structuredClone(message)),
      getState: () => kept,
      setState: (value: unknown) => {
        kept = structuredClone(value);
      },
    }),
  });
}
