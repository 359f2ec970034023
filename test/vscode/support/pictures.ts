import * as vscode from 'vscode';
import { hasPage, screenshot } from './workbench.js';

const THEMES = { dark: 'Default Dark Modern', 'high-contrast': 'Default High Contrast' };

/** Takes the picture in VS Code's default theme, in a dark one and in high contrast: out/screenshots/NAME[-THEME].png. */
export async function pictures(name: string): Promise<void> {
  if (!hasPage) return;
  await screenshot(`${name}-light`);
  const settings = vscode.workspace.getConfiguration('workbench');
  for (const [suffix, theme] of Object.entries(THEMES)) {
    await settings.update('colorTheme', theme, vscode.ConfigurationTarget.Global);
    // Themes fade in, and the webview follows.
    await new Promise((resolve) => setTimeout(resolve, 800));
    await screenshot(`${name}-${suffix}`);
  }
  await settings.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
}
