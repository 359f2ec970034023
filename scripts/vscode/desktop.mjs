import { Failure } from '../tools/command.mjs';
import { cacheFolder } from '../tools/paths.mjs';

const RELEASES = 'https://update.code.visualstudio.com/api/releases/stable';

/**
 * YOUTU_TEST_VSCODE chooses the VS Code that the tests run in. A version such as `stable` or `1.100.0` is VS Code for
 * the desktop, and the run fails without it; `web` is the workbench in a browser. The default is the desktop's stable
 * version if it can be downloaded and shown, otherwise the workbench in a browser.
 */
const { YOUTU_TEST_VSCODE: choice, DISPLAY, WAYLAND_DISPLAY } = process.env;

/** Whether the tests must run in VS Code for the desktop, so that no browser is needed. */
export const isDesktopRequired = Boolean(choice) && choice !== 'web';

/** @returns the path of VS Code for the desktop, or undefined to use the workbench in a browser */
export async function findDesktop() {
  const hasScreen = process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
  if (isDesktopRequired) {
    if (!hasScreen) throw new Failure('VS Code for the desktop needs a screen: xvfb-run npm test -- vscode');
    return download(choice);
  }
  if (choice === 'web' || !hasScreen) return undefined;
  try {
    await fetch(RELEASES, { signal: AbortSignal.timeout(3000) });
    return await download('stable');
  } catch (error) {
    console.log(`VS Code can't be downloaded (${error.message}): using the workbench in a browser.`);
    return undefined;
  }
}

async function download(version) {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  return downloadAndUnzipVSCode({ version, cachePath: cacheFolder('vscode') });
}
