import * as vscode from 'vscode';
import { until } from './until.js';
import { hasPage, readTexts, screenshot, settled } from './workbench.js';

/** Themes, and the workbench's CSS class in each. */
const THEMES = {
  dark: { name: 'Default Dark Modern', cssClass: 'vs-dark' },
  'high-contrast': { name: 'Default High Contrast', cssClass: 'hc-black' },
  'high-contrast-light': { name: 'Default High Contrast Light', cssClass: 'hc-light' },
};

/**
 * Takes a screenshot in VS Code's default theme: out/screenshots/NAME-light.png. With YOUTU_PICTURES also those of the
 * read-me, in a dark theme and in high contrast, dark and light: NAME-dark.png, NAME-high-contrast.png, NAME-high-contrast-light.png.
 */
export async function takeScreenshots(name: string): Promise<void> {
  if (!hasPage) return;
  await screenshot(`${name}-light`);
  if (!process.env['YOUTU_PICTURES']) return;
  const settings = vscode.workspace.getConfiguration('workbench');
  for (const [suffix, theme] of Object.entries(THEMES)) {
    await settings.update('colorTheme', theme.name, vscode.ConfigurationTarget.Global);
    await until(
      `the theme is ${suffix}`,
      async () => (await readTexts(`.monaco-workbench.${theme.cssClass}`)).length,
    );
    await settled();
    await screenshot(`${name}-${suffix}`);
  }
  await settings.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
}
