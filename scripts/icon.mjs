// Renders media/icon.png, the extension's icon in VS Code, from media/icon.svg.
//   node scripts/icon.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { chromiumArguments, ensureChromium } from './tools/chromium.mjs';
import { inRoot } from './tools/paths.mjs';

const SIZE = 256;

const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumArguments });
try {
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  const svg = await readFile(inRoot('media/icon.svg'), 'utf8');
  await page.setContent(`<body style="margin:0">${svg}</body>`);
  await writeFile(inRoot('media/icon.png'), await page.screenshot({ omitBackground: true }));
} finally {
  await browser.close();
}
