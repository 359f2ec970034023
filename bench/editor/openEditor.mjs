import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { build } from 'esbuild';
import { chromiumArguments, ensureChromium } from '../../scripts/tools/chromium.mjs';
import { ensureCodeServer } from '../../scripts/vscode/codeServer.mjs';
import { Failure } from '../../scripts/tools/command.mjs';
import { findModelsFolder } from '../../scripts/tools/testModels.mjs';
import { inRoot } from '../../scripts/tools/paths.mjs';
import {
  startCodeServer,
  workbenchAddress,
  writeWorkbenchSettings,
} from '../../scripts/vscode/startCodeServer.mjs';
import { observeGhostText } from './ghostObserver.mjs';

const MAX_START_MS = 90_000;

/**
 * Opens a folder in a real VS Code (code-server and Chromium) with an extension under development.
 * @param {{ temporary: string, folder: string, extension: string, settings: object, env: Record<string, string> }}
 *   options `temporary` is a folder for the data of VS Code; `extension` is the extension's root
 * @returns the page; `probe`, which sends a request to the probe in the extension host; `close`, which ends everything
 */
export async function openEditor({ temporary, folder, extension, settings, env }) {
  const userData = join(temporary, 'user-data');
  const home = join(temporary, 'home');
  const portFile = join(temporary, 'probe-port');
  for (const path of [userData, home]) mkdirSync(path, { recursive: true });
  addSettings(userData, settings);
  const testsPath = await bundleProbe();
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumArguments });
  const cleanUp = [() => browser.close()];
  const close = async () => {
    for (const end of cleanUp.reverse()) await end();
  };
  try {
    const server = await startCodeServer(await ensureCodeServer(), {
      userData,
      extensions: join(temporary, 'extensions'),
      isTest: true,
      env: {
        HOME: home,
        XDG_CONFIG_HOME: home,
        YOUTU_PROBE: portFile,
        YOUTU_MODELS_FOLDER: await findModelsFolder(),
        ...env,
      },
    });
    cleanUp.push(server.stop);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
    await page.exposeFunction('codeAutomationLog', () => undefined);
    await page.exposeFunction('codeAutomationExit', () => undefined);
    await page.goto(workbenchAddress(server, { folder, developmentPaths: [extension], testsPath }));
    const probe = await connectProbe(portFile);
    await page.evaluate(observeGhostText);
    return { page, probe, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function addSettings(userData, settings) {
  writeWorkbenchSettings(userData);
  const file = join(userData, 'User', 'settings.json');
  const all = { ...JSON.parse(readFileSync(file, 'utf8')), ...settings };
  writeFileSync(file, JSON.stringify(all, null, 2));
}

async function bundleProbe() {
  const outfile = inRoot('out/bench/editorProbe.cjs');
  await build({
    entryPoints: [inRoot('bench/editor/probe.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    external: ['vscode'],
  });
  return outfile;
}

async function connectProbe(portFile) {
  const end = Date.now() + MAX_START_MS;
  while (!existsSync(portFile)) {
    if (Date.now() > end) throw new Failure('VS Code did not start its extensions in time.');
    await sleep(100);
  }
  const url = `http://127.0.0.1:${readFileSync(portFile, 'utf8')}`;
  return async (request) => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(request) });
    const { result, error } = await response.json();
    if (error !== undefined) throw new Failure(`The probe in VS Code failed: ${error}`);
    return result;
  };
}
