import type { WebStorage } from '../webStorage.js';
import type { BrowserWords } from '../words/browserWords.js';
import { wordsFor } from '../words/wordsFor.js';
import { readSettings, type BrowserSettings } from './browserSettings.js';

const KEY = 'youtu.settings';
const THEME_CLASSES = ['vscode-light', 'vscode-dark', 'vscode-high-contrast', 'vscode-high-contrast-light'];

/** The user's settings, and the page's language and theme that follow from them. */
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
    // Another tab may have changed other settings meanwhile.
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

/** Sets the theme's classes, which the style sheet uses: the same as VS Code sets in a webview. */
class ThemeFollower {
  private readonly isDark = matchMedia('(prefers-color-scheme: dark)');
  private readonly wantsContrast = matchMedia('(prefers-contrast: more), (forced-colors: active)');

  constructor(private readonly choice: () => BrowserSettings['theme']) {
    this.isDark.addEventListener('change', () => this.apply());
    this.wantsContrast.addEventListener('change', () => this.apply());
  }

  apply(): void {
    const choice = this.choice();
    const isDark = choice === 'auto' ? this.isDark.matches : choice === 'dark';
    const { classList } = document.documentElement;
    classList.remove(...THEME_CLASSES);
    if (!this.wantsContrast.matches) classList.add(isDark ? 'vscode-dark' : 'vscode-light');
    else if (isDark) classList.add('vscode-high-contrast');
    else classList.add('vscode-high-contrast', 'vscode-high-contrast-light');
  }
}
