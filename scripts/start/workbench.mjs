import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Failure, step } from '../tools/command.mjs';
import { inRoot, root } from '../tools/paths.mjs';
import { startCodeServer, workbenchAddress, writeWorkbenchSettings } from '../vscode/startCodeServer.mjs';
import { keptPort } from './keptPort.mjs';
import { findSample } from './sample.mjs';

/**
 * Shows VS Code with the extension in the browser, at an address that works once and on this machine only, until
 * Ctrl+C. Its settings and its chats are kept in out/workbench.
 */
export async function openWorkbench(codeServer, model, { isCheck, port }) {
  const userData = inRoot('out/workbench/user-data');
  const extensions = inRoot('out/workbench/extensions');
  writeWorkbenchSettings(userData);
  registerExtension(extensions);
  const { folder, absoluteLocation } = findSample();
  let server;
  const newAddress = () => workbenchAddress(server, { folder, openFile: absoluteLocation });
  try {
    await step('Workbench', async () => {
      server = await startCodeServer(codeServer, {
        ...{ userData, extensions, env: { YOUTU_MODEL: model } },
        port: port || (await keptPort(inRoot('out/workbench/port'))),
      });
      await checkPage(newAddress());
    });
    if (isCheck) {
      console.log('\nEverything is ready. Run `npm start` to open it.');
      return 0;
    }
    const address = newAddress();
    printAddress(address);
    openBrowser(address);
    await untilEnded(server, { onEnter: () => printAddress(newAddress()) });
  } finally {
    await server?.stop();
  }
  console.log('\nStopped.');
  return 0;
}

/** Until the user stops it; throws when code-server ended by itself. */
async function untilEnded({ ended, lines }, { onEnter }) {
  const terminal = createInterface({ input: process.stdin });
  terminal.on('line', onEnter);
  const interrupted = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  const outcome = await Promise.race([interrupted, ended]);
  terminal.close();
  if (typeof outcome === 'number')
    throw new Failure(`VS Code exited unexpectedly:\n${lines.slice(-10).join('\n')}`);
}

function printAddress(address) {
  console.log(
    `\n  ${address}\n\nOpen it in a browser on this machine; it works once. Press Enter for a new address, Ctrl+C to stop.`,
  );
}

/** Makes the extension of this folder an installed one, as if its VSIX had been installed here. */
function registerExtension(extensions) {
  const { publisher, name, version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const entry = {
    identifier: { id: `${publisher}.${name}` },
    version,
    location: { $mid: 1, path: root, scheme: 'file' },
    metadata: { source: 'vsix', pinned: true },
  };
  mkdirSync(extensions, { recursive: true });
  writeFileSync(join(extensions, 'extensions.json'), JSON.stringify([entry]));
}

/** Follows the address as a browser does: the token is exchanged for a cookie. */
async function checkPage(address) {
  const first = await fetch(address, { redirect: 'manual' });
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = new URL(first.headers.get('location') ?? address, address);
  const response = await fetch(page, { headers: { cookie } });
  if (response.ok && (await response.text()).includes('workbench')) return;
  throw new Failure(`The workbench didn't respond as expected (status ${response.status}).`);
}

function openBrowser(address) {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const openers = { darwin: 'open', win32: 'explorer' };
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return;
  // Other users see the arguments of processes, so the browser gets the address from a file that they can't read.
  const page = inRoot('out/workbench/open.html');
  rmSync(page, { force: true });
  writeFileSync(page, `<meta http-equiv="refresh" content="0; url=${address.replaceAll('&', '&amp;')}">`, {
    mode: 0o600,
  });
  const opener = spawn(openers[process.platform] ?? 'xdg-open', [page], {
    stdio: 'ignore',
    detached: true,
  });
  opener.on('error', () => {}); // the address has been printed
  opener.unref();
}
