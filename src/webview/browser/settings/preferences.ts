import { readSettings, type BrowserSettings } from './browserSettings.js';
import { ThemeFollower } from '../themeFollower.js';
import type { WebStorage } from '../webStorage.js';
import type { BrowserWords } from '../words/browserWords.js';
import { wordsFor } from '../words/wordsFor.js';

const KEY = 'youtu.settings';

/** What the user has chosen, and what follows from it for the page: its words and its colours. */
export class Preferences {
  private current: BrowserSettings;
  private currentWords: BrowserWords;
  private readonly theme = new ThemeFollower(() => this.settings.theme);

  constructor(private readonly storage: WebStorage) {
    this.current = readSettings(storage.get(KEY));
    this.currentWords = this.apply();
  }

  get settings(): BrowserSettings {
    return this.current;
  }

  get words(): BrowserWords {
    return this.currentWords;
  }

  change(change: Partial<BrowserSettings>): void {
    // Another tab may have changed others meanwhile.
    this.current = { ...readSettings(this.storage.get(KEY)), ...change };
    this.storage.set(KEY, JSON.stringify(this.current));
    this.currentWords = this.apply();
  }

  private apply(): BrowserWords {
    this.theme.apply();
    const words = wordsFor(this.current.language, navigator.languages);
    document.documentElement.lang = words.language;
    return words;
  }
}
