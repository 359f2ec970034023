import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = process.env['YOUTU_ROOT'] ?? process.cwd();
const folder = join(root, 'src/webview/browser');

export interface PageFile {
  readonly type: string;
  readonly content: string;
}

/** The files of the page for a browser, by their path. */
export async function bundleBrowserPage(): Promise<ReadonlyMap<string, PageFile>> {
  const { outputFiles } = await build({
    entryPoints: [
      { in: join(folder, 'main.ts'), out: 'browser' },
      { in: join(folder, 'style.css'), out: 'browser' },
    ],
    outdir: join(root, 'out'),
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
  });
  const icon = await readFile(join(root, 'media/icon.svg'), 'utf8');
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  return new Map<string, PageFile>([
    ['/icon.svg', { type: 'image/svg+xml', content: icon }],
    ['/', { type: 'text/html; charset=utf-8', content: html }],
    ...outputFiles.map(({ path, text }): [string, PageFile] =>
      path.endsWith('.css')
        ? ['/browser.css', { type: 'text/css; charset=utf-8', content: text }]
        : ['/browser.js', { type: 'text/javascript; charset=utf-8', content: text }],
    ),
  ]);
}
