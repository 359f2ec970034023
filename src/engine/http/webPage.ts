import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';

/** All that is served, by path: nothing else can be reached, whatever a path says. */
const FILES: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/browser.js': { file: 'browser.js', type: 'text/javascript; charset=utf-8' },
  '/browser.css': { file: 'browser.css', type: 'text/css; charset=utf-8' },
  '/icon.svg': { file: 'icon.svg', type: 'image/svg+xml' },
};

/** The chat in a browser: a few files that were built beside the engine. */
export function addWebPage(app: Hono, folder: string = webFolder()): void {
  for (const [path, { file, type }] of Object.entries(FILES)) {
    app.get(path, async (context) => {
      const content = await readFile(join(folder, file)).catch(() => undefined);
      if (content === undefined) return context.notFound();
      return context.body(content, 200, { 'content-type': type, 'cache-control': 'no-cache' });
    });
  }
}

/** Beside the folder of the file that this code was built into. */
function webFolder(): string {
  return fileURLToPath(new URL('../webview/', import.meta.url));
}
