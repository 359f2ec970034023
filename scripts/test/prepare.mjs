import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureBuilt } from '../setup/build.mjs';
import { ensureChromium } from '../tools/chromium.mjs';
import { ensureCodeServer } from '../tools/codeServer.mjs';
import { Failure } from '../tools/failure.mjs';
import { ensureNode24 } from '../tools/node24.mjs';
import { inRoot, root } from '../tools/root.mjs';
import { step } from '../tools/step.mjs';
import { ensureSystemPackages } from '../tools/systemPackages.mjs';

/** The starter for what needs sense, the small one for what needs speed. */
const MODELS = ['qwen2.5-coder-0.5b', 'smollm2-135m'];

/** What a kind of tests may need. Each gets it once for this user, and is quick when it is there. */
const NEEDS = {
  node24: () => step('Node 24', ensureNode24),
  build: () => step('Build', async () => ((await ensureBuilt()) ? 'done' : 'up to date')),
  // Debian's software Vulkan device; Chinese texts are among what the tests look at.
  vulkan: () => step('Vulkan driver', () => ensureSystemPackages(['libvulkan1', 'mesa-vulkan-drivers'])),
  chromium: async () => {
    await step('Chromium', ensureChromium);
    await step('Fonts', () => ensureSystemPackages(['fonts-noto-cjk']));
  },
  codeServer: () => step('VS Code for the browser', ensureCodeServer),
  models: async () => {
    for (const id of MODELS) await step(`Model ${id}`, () => getModel(id));
  },
};

/**
 * Gets what the kinds of tests need. What can't be had stops only those that need it.
 * @param {readonly { needs: readonly string[] }[]} kinds
 * @returns why a need could not be met, by its name
 */
export async function prepare(kinds) {
  const failures = {};
  for (const need of Object.keys(NEEDS)) {
    if (!kinds.some((kind) => kind.needs.includes(need))) continue;
    try {
      await NEEDS[need]();
    } catch (error) {
      if (!(error instanceof Failure) && error.code === undefined) throw error;
      console.error(error.message);
      failures[need] = error.message.split('\n')[0].replace(/:$/, '');
    }
  }
  return failures;
}

async function getModel(id) {
  const cli = spawn(process.execPath, [inRoot('dist/cli/main.mjs'), 'model', 'get', id], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  cli.stderr.on('data', (chunk) => (output = `${output}${chunk}`.slice(-4000)));
  const [code] = await once(cli, 'close');
  if (code !== 0) throw new Failure(`The model ${id} could not be got:\n${output.trim()}`);
}
