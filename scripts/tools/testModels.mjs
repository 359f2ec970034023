import { linkSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { inRoot } from './paths.mjs';

/** The model that users start with. */
export const STARTER = 'qwen2.5-coder-0.5b';
/** Models of the catalogue that tests need: the starter for what it writes, the smallest one for downloads. */
export const TEST_MODELS = [STARTER, 'smollm2-135m'];

/**
 * Puts a model of the catalogue into another folder.
 * @param {string} id
 * @param {string} models the user's models folder, which has it
 * @param {string} folder
 */
export function linkTestModel(id, models, folder) {
  const catalogue = JSON.parse(readFileSync(inRoot('src/engine/catalogue/catalogue.json'), 'utf8'));
  const { fileName } = catalogue.models.find((model) => model.id === id);
  const file = realpathSync(join(models, fileName));
  // Windows asks for rights before it makes a symbolic link.
  if (process.platform === 'win32') linkSync(file, join(folder, fileName));
  else symlinkSync(file, join(folder, fileName));
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
