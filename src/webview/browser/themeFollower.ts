import type { BrowserSettings } from './settings/browserSettings.js';

const CLASSES = ['vscode-light', 'vscode-dark', 'vscode-high-contrast', 'vscode-high-contrast-light'];

/** Gives the page the classes by which its style sheet knows the theme: the same as VS Code gives it. */
export class ThemeFollower {
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
    classList.remove(...CLASSES);
    if (!this.wantsContrast.matches) classList.add(isDark ? 'vscode-dark' : 'vscode-light');
    else if (isDark) classList.add('vscode-high-contrast');
    else classList.add('vscode-high-contrast', 'vscode-high-contrast-light');
  }
}
