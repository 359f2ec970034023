import { isChatViewMessage, readPageState } from '../chatCore/chatSchemas.js';
import type { ChatDraftText, ChatPageMessage, ChatViewMessage } from '../protocol/chatView.js';

/** What the page keeps itself while it is hidden. */
export interface PageState {
  readonly draft: ChatDraftText;
}

/** What the page is part of: VS Code's sidebar, or the browser's page. */
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
