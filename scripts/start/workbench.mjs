import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Failure, step } from '../tools/command.mjs';
import { inRoot, root } from '../tools/paths.mjs';
import { startCodeServer, workbenchAddress, writeWorkbenchSettings } from '../vscode/startCodeServer.mjs';
import { findSample } from './sample.mjs';

const PREFERRED_PORT = 8737;

/**
 * Serves VS Code with the extension to a browser on this machine until Ctrl+C. Its settings and chats are stored in
 * out/workbench.
 */
export async function openWorkbench(codeServer, model, { isCheck }) {
  const userData = inRoot('out/workbench/user-data');
  writeWorkbenchSettings(userData);
  const { folder, absoluteLocation } = findSample();
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
      openFile: absoluteLocation,
    });
    await checkPage(server, address);
  });
  if (isCheck) {
    await server.stop();
    console.log('\nEverything is ready. Run `npm start` to open it.');
    return 0;
  }
  console.log(`\n  ${address}\n\nOpen it in a browser on this machine. Press Ctrl+C to stop.`);
  openBrowser(address);
  const interrupted = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  const outcome = await Promise.race([interrupted, server.ended]);
  if (typeof outcome === 'number')
    throw new Failure(`VS Code exited unexpectedly:\n${server.lines.slice(-10).join('\n')}`);
  await server.stop();
  console.log('\nStopped.');
  return 0;
}

async function checkPage(server, address) {
  const response = await fetch(address);
  if (response.ok && (await response.text()).includes('workbench')) return;
  await server.stop();
  throw new Failure(`The workbench didn't respond as expected (status ${response.status}).`);
}

/** Always the same port, so that the browser keeps its storage; another free one if it is in use. */
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
  opener.on('error', () => {}); // the address has been printed
  opener.unref();
}
