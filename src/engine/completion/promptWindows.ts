import type { Place } from './place.js';
import { middleIn, type PromptWindow } from './promptWindow.js';

/** More than a context has sequences: a window whose cache is gone still saves choosing its parts anew. */
const MOST_WINDOWS = 8;

/** The windows of the places where completions were made lately, so that a place finds its own again. */
export class PromptWindows {
  /** The last used first. */
  private readonly windows: PromptWindow[] = [];

  /** The window that goes for a place, and the text between its anchor and the cursor. */
  find(
    place: Place,
    isCurrent: (window: PromptWindow) => boolean,
  ): { readonly window: PromptWindow; readonly middle: string } | undefined {
    for (const window of this.windows) {
      const middle = middleIn(window, place);
      if (middle === undefined || !isCurrent(window)) continue;
      this.use(window);
      return { window, middle };
    }
    return undefined;
  }

  /** The window of a document that was used last. */
  lastOf(uri: string): PromptWindow | undefined {
    return this.windows.find((window) => window.uri === uri);
  }

  add(window: PromptWindow): void {
    this.use(window);
    if (this.windows.length > MOST_WINDOWS) this.windows.pop();
  }

  /** What a document's windows show of other files has changed. */
  drop(uri: string): void {
    for (let i = this.windows.length - 1; i >= 0; i--) {
      if (this.windows[i]?.uri === uri) this.windows.splice(i, 1);
    }
  }

  private use(window: PromptWindow): void {
    const at = this.windows.indexOf(window);
    if (at >= 0) this.windows.splice(at, 1);
    this.windows.unshift(window);
  }
}
