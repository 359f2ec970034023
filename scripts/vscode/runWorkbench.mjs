import { createWriteStream, mkdirSync } from 'node:fs';
import { format } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumArguments, ensureChromium } from '../tools/chromium.mjs';
import { Failure } from '../tools/command.mjs';
import { inRoot } from '../tools/paths.mjs';
import { openWorkbenchChannel } from './workbenchChannel.mjs';

/** Mocha reports tests that take too long; this limit ends a workbench that hangs. */
const MAX_RUN_MS = Number(process.env.YOUTU_VSCODE_LIMIT_MS ?? 15 * 60_000);

/**
 * Opens the workbench of code-server in Chromium with an address that runs tests, and waits until they end. The log of
 * the workbench is written to out/vscode/workbench.log.
 * @param {{ server: (env: Record<string, string>) => ReturnType<typeof import('./startCodeServer.mjs').startCodeServer>,
 *           address: (server: object) => string }} options
 * @returns the tests' exit code
 */
export async function runWorkbench({ server, address }) {
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: chromiumArguments,
    // Otherwise, Playwright would end this process before the server is stopped.
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
  });
  const cleanUp = [() => browser.close()];
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
    const channel = await openWorkbenchChannel(page);
    cleanUp.push(() => channel.close());
    const started = await server({ YOUTU_WORKBENCH: channel.url });
    const { ended, lines, stop } = started;
    cleanUp.push(stop);

    const finished = new Promise((resolve, reject) => {
      const fail = (reason) => reject(new Failure(`${reason}\n${lines.slice(-20).join('\n')}`));
      page.exposeFunction('codeAutomationExit', (code) => resolve(code)).catch(reject);
      page.on('crash', () => fail('The page of the workbench crashed.'));
      page.on('close', () => fail('The page of the workbench was closed.'));
      ended.then(() => fail('code-server ended while the tests ran.'));
      setTimeout(
        () => fail(`The tests in VS Code did not end within ${MAX_RUN_MS / 1000} s.`),
        MAX_RUN_MS,
      ).unref();
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
        process.once(signal, () => reject(new Failure('The tests in VS Code were stopped by a signal.')));
    });
    finished.catch(() => {}); // awaited below
    // The tests print through the channel; this logs the output of the workbench itself.
    mkdirSync(inRoot('out/vscode'), { recursive: true });
    const log = createWriteStream(inRoot('out/vscode/workbench.log'));
    await page.exposeFunction('codeAutomationLog', (type, args) =>
      log.write(`${type}: ${format(...args)}\n`),
    );
    await page.goto(address(started));
    return await finished;
  } finally {
    for (const end of cleanUp) await end();
  }
}
