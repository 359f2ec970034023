import { ensureBuilt } from '../setup/build.mjs';
import { runCli } from '../start/youtuCli.mjs';
import { ensureChromium } from '../tools/chromium.mjs';
import { ensureCodeServer } from '../vscode/codeServer.mjs';
import { root } from '../tools/paths.mjs';
import { ensurePythonClients } from '../tools/pythonClients.mjs';
import { Failure, step } from '../tools/command.mjs';
import { ensureNode24 } from '../tools/npmTools.mjs';
import { ensureSystemPackages } from '../tools/systemPackages.mjs';
import { TEST_MODELS } from '../tools/testModels.mjs';

/**
 * Installs and builds the prerequisites of the kinds of tests in parallel, since most of the time is waiting for the
 * network. A prerequisite that fails prevents only the kinds that need it.
 * @param {readonly { needs: readonly string[] }[]} kinds
 * @returns by the prerequisites' names: resolves when it is there, to an error message if it failed
 */
export function prepare(kinds) {
  const needs = new Set(kinds.flatMap((kind) => kind.needs));
  const packages = systemPackages(needs);
  const installed =
    packages.length > 0 ? step('System packages', () => ensureSystemPackages(packages)) : Promise.resolve();
  const built = needs.has('build') ? step('Build', build) : Promise.resolve();
  const prepareNeed = {
    build: () => built,
    vulkan: () => installed,
    shells: () => installed,
    chromium: async () => {
      await installed;
      await step('Chromium', ensureChromium);
    },
    python: () => step('Clients in Python', async () => void (await ensurePythonClients(root))),
    node24: () => step('Node 24', async () => void (await ensureNode24())),
    codeServer: () => step('VS Code for the browser', async () => void (await ensureCodeServer())),
    models: async () => {
      await built;
      for (const id of TEST_MODELS) await step(`Model ${id}`, () => getModel(id));
    },
  };
  const printed = new Set();
  const explain = (error) => {
    if (!(error instanceof Failure) && error.code === undefined) throw error;
    if (!printed.has(error.message)) console.error(`\n✗ ${error.message}`);
    printed.add(error.message);
    return error.message;
  };
  return Object.fromEntries(
    [...needs].map((need) => [need, prepareNeed[need]().then(() => undefined, explain)]),
  );
}

/** Debian packages: shells, software Vulkan, and Chinese fonts for the pages. */
function systemPackages(needs) {
  return [
    // The completion scripts are tested in these shells.
    ...(needs.has('shells') ? ['zsh', 'fish'] : []),
    ...(needs.has('vulkan') ? ['libvulkan1', 'mesa-vulkan-drivers'] : []),
    ...(needs.has('chromium') ? ['fonts-noto-cjk'] : []),
  ];
}

async function build() {
  return (await ensureBuilt()) ? 'done' : 'up to date';
}

async function getModel(id) {
  const { code, stderr } = await runCli(['model', 'get', id]);
  if (code !== 0) throw new Failure(`The model ${id} couldn't be downloaded:\n${stderr.trim()}`);
}
