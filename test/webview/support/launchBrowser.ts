import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';

export async function launchBrowser(...switches: readonly string[]): Promise<Browser> {
  const tool = join(process.env['YOUTU_ROOT'] ?? process.cwd(), 'scripts/tools/chromium.mjs');
  const { ensureChromium, chromiumArguments } = (await import(pathToFileURL(tool).href)) as {
    ensureChromium: () => Promise<string>;
    chromiumArguments: string[];
  };
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: [...chromiumArguments, ...switches],
  });
}
