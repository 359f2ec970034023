import {
  draftShape,
  isChatViewMessage,
  type ChatDraftText,
  type ChatPageMessage,
  type ChatViewMessage,
} from '../protocol/chatView.js';
import { record } from '../protocol/shape.js';

/** What the page itself keeps while it isn't shown. */
export interface PageState {
  readonly draft: ChatDraftText;
}

/** Who serves the page: VS Code's sidebar, or another that speaks the same messages. */
export interface Host {
  post(message: ChatPageMessage): void;
  /** Messages of an unknown shape don't arrive. */
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
    getState: () => {
      const state = api.getState();
      return record({ draft: draftShape })(state) ? (state as PageState) : undefined;
    },
    setState: (state) => api.setState(state),
  };
}
