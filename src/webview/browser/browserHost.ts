import { readPageState } from '../../chatCore/chatSchemas.js';
import type { ChatPageMessage, ChatViewMessage } from '../../protocol/chatView.js';
import type { Host, PageState } from '../host.js';
import type { WebStorage } from './webStorage.js';

const STATE = 'youtu.pageState';

/** The chat's host in a browser: an object in the same page. */
export class BrowserHost implements Host {
  private handler: (message: ChatViewMessage) => void = () => undefined;

  constructor(
    private readonly storage: WebStorage,
    private readonly receive: (message: ChatPageMessage) => void,
  ) {}

  /** Sends a message to the chat. */
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
      return readPageState(JSON.parse(this.storage.get(STATE) ?? 'null'));
    } catch {
      return undefined;
    }
  }

  setState(state: PageState): void {
    this.storage.set(STATE, JSON.stringify(state));
  }
}
