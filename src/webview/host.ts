import { isChatViewMessage, readPageState } from '../chatCore/chatSchemas.js';
import type { ChatDraftText, ChatPageMessage, ChatViewMessage } from '../protocol/chatView.js';

/** State that the page saves itself for the time it is hidden. */
export interface PageState {
  readonly draft: ChatDraftText;
}

/** The other side of the page's messages: the extension, or an object in a browser's page. */
export interface Host {
  post(message: ChatPageMessage): void;
  /** Messages that fail the check are dropped. */
  onMessage(handler: (message: ChatViewMessage) => void): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

export function vsCodeHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    onMessage: (handler) =>
      window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (isChatViewMessage(data)) handler(data);
      }),
    getState: () => readPageState(api.getState()),
    setState: (state) => api.setState(state),
  };
}
