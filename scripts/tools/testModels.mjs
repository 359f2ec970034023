import { linkSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { inRoot } from './paths.mjs';

/** The starter for what needs sense, the small one for what needs speed: their answers are what the tests know. */
export const TEST_MODELS = ['qwen2.5-coder-0.5b', 'smollm2-135m'];

/**
 * A models folder with nothing but the tests' models, whatever else is on this machine: a better model would be
 * chosen, and give other answers.
 * @param {string} models the user's folder, which has them
 * @param {string} folder the new one
 */
export function linkTestModels(models, folder) {
  mkdirSync(folder);
  const catalogue = JSON.parse(readFileSync(inRoot('src/engine/catalogue/catalogue.json'), 'utf8'));
  for (const { id, fileName } of catalogue.models) {
    if (!TEST_MODELS.includes(id)) continue;
    const file = realpathSync(join(models, fileName));
    // Windows asks for rights before it makes a symbolic link.
    if (process.platform === 'win32') linkSync(file, join(folder, fileName));
    else symlinkSync(file, join(folder, fileName));
  }
  return folder;
}

/** The folder in which the engine keeps this user's models, read from the engine's source: tests run with another home folder. */
export async function findModelsFolder() {
  const { outputFiles } = await build({
    entryPoints: [inRoot('src/engine/catalogue/modelsFolder.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  const module = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  return module.modelsFolder();
}
