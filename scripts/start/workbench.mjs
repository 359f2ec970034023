import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Failure, step } from '../tools/command.mjs';
import { inRoot, root } from '../tools/paths.mjs';
import { startCodeServer, workbenchAddress, writeWorkbenchSettings } from '../vscode/startCodeServer.mjs';
import { findSample } from './sample.mjs';

const PREFERRED_PORT = 8737;

/**
 * Shows VS Code with the extension in the browser, at an address of this machine only, until Ctrl+C. Its settings
 * and its chats are kept in out/workbench.
 */
export async function openWorkbench(codeServer, model, { isCheck }) {
  const userData = inRoot('out/workbench/user-data');
  writeWorkbenchSettings(userData);
  const { folder, absolutePlace } = findSample();
  let server;
  let address;
  await step('Workbench', async () => {
    server = await startCodeServer(codeServer, {
      userData,
      extensions: inRoot('out/workbench/extensions'),
      port: await choosePort(),
      env: { YOUTU_MODEL: model },
    });
    address = workbenchAddress(server.url, {
      folder,
      developmentPaths: [root],
      openFile: absolutePlace,
    });
    await askForPage(server, address);
  });
  if (isCheck) {
    await server.stop();
    console.log('\nEverything is ready. Run `npm start` to open it.');
    return 0;
  }
  console.log(`\n  ${address}\n\nOpen it in a browser on this machine. Press Ctrl+C to stop.`);
  openBrowser(address);
  const interrupted = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  const ending = await Promise.race([interrupted, server.ended]);
  if (typeof ending === 'number')
    throw new Failure(`VS Code exited unexpectedly:\n${server.lines.slice(-10).join('\n')}`);
  await server.stop();
  console.log('\nEnded.');
  return 0;
}

async function askForPage(server, address) {
  const response = await fetch(address);
  if (response.ok && (await response.text()).includes('workbench')) return;
  await server.stop();
  throw new Failure(`The workbench didn't respond as expected (status ${response.status}).`);
}

/** Always the same one, so that the browser remembers; a free one where that is taken. */
async function choosePort() {
  const probe = createServer();
  try {
    await once(probe.listen(PREFERRED_PORT, '127.0.0.1'), 'listening');
    probe.close();
    return PREFERRED_PORT;
  } catch {
    return 0;
  }
}

function openBrowser(address) {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const openers = { darwin: 'open', win32: 'explorer' };
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return;
  const opener = spawn(openers[process.platform] ?? 'xdg-open', [address], {
    stdio: 'ignore',
    detached: true,
  });
  opener.on('error', () => {}); // the address is on the screen
  opener.unref();
}
