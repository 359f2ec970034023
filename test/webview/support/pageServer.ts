import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chatPage } from '../../../src/extension/chat/chatPage.js';

const root = process.env['YOUTU_ROOT'] ?? process.cwd();

/** Serves the chat's page on the loopback interface, with the same HTML and the same policy as in VS Code. */
export class PageServer {
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<PageServer> {
    const files = await bundle();
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', origin).pathname;
      const page = path === '/' ? { type: 'text/html', content: html() } : files.get(path);
      response.writeHead(page === undefined ? 404 : 200, {
        'content-type': `${page?.type ?? 'text/plain'}; charset=utf-8`,
      });
      response.end(page?.content);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const html = (): string =>
      chatPage({
        scriptUri: `${origin}/main.js`,
        styleUri: `${origin}/style.css`,
        cspSource: origin,
        nonce: 'bm9uY2U',
        language: 'en',
      });
    return new PageServer(server, origin);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function bundle(): Promise<Map<string, { readonly type: string; readonly content: string }>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { main: 'src/webview/main.ts', style: 'src/webview/style.css' },
    outdir: join(root, 'out'),
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
  });
  return new Map(
    outputFiles.map(({ path, text }) => [
      path.endsWith('.css') ? '/style.css' : '/main.js',
      { type: path.endsWith('.css') ? 'text/css' : 'text/javascript', content: text },
    ]),
  );
}
