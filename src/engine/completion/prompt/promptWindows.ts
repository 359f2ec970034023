import type { PromptWindow } from './promptWindow.js';

/** More than a context has sequences: a window whose cache is gone still saves choosing its parts anew. */
const MAX_WINDOWS = 12;

/** The windows of the places where completions were made lately, so that a place finds its own again. */
export class PromptWindows {
  /** The last used first. */
  private readonly windows: PromptWindow[] = [];

  /** Of the windows that are as wanted the one that was used last. */
  find(isWanted: (window: PromptWindow) => boolean): PromptWindow | undefined {
    return this.windows.find(isWanted);
  }

  /** Remembers a window, or that it has been used again. */
  use(window: PromptWindow): void {
    const at = this.windows.indexOf(window);
    if (at >= 0) this.windows.splice(at, 1);
    this.windows.unshift(window);
    if (this.windows.length > MAX_WINDOWS) this.windows.pop();
  }

  /** What a document's windows show of other files has changed. */
  drop(uri: string): void {
    for (let i = this.windows.length - 1; i >= 0; i--) {
      if (this.windows[i]?.uri === uri) this.windows.splice(i, 1);
    }
  }
}
