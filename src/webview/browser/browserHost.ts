import { draftShape, type ChatPageMessage, type ChatViewMessage } from '../../protocol/chatView.js';
import { record } from '../../protocol/shape.js';
import type { Host, PageState } from '../host.js';
import type { WebStorage } from './settings/webStorage.js';

const STATE = 'youtu.pageState';

/** The chat's host in a browser: an object beside it, in the same page. */
export class BrowserHost implements Host {
  private handler: (message: ChatViewMessage) => void = () => undefined;

  constructor(
    private readonly storage: WebStorage,
    private readonly receive: (message: ChatPageMessage) => void,
  ) {}

  /** To the chat. */
  show(message: ChatViewMessage): void {
    this.handler(message);
  }

  post(message: ChatPageMessage): void {
    this.receive(message);
  }

  onMessage(handler: (message: ChatViewMessage) => void): void {
    this.handler = handler;
  }

  getState(): PageState | undefined {
    try {
      const state: unknown = JSON.parse(this.storage.get(STATE) ?? 'null');
      return record({ draft: draftShape })(state) ? (state as PageState) : undefined;
    } catch {
      return undefined;
    }
  }

  setState(state: PageState): void {
    this.storage.set(STATE, JSON.stringify(state));
  }
}
