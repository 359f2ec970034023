import { linkSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { inRoot } from './paths.mjs';

/** The default model. */
export const STARTER = 'qwen2.5-coder-0.5b';
/** Catalogue models that tests need: the starter for its answers, the smallest one for downloads. */
export const TEST_MODELS = [STARTER, 'smollm2-135m'];

/**
 * Links a catalogue model into another folder.
 * @param {string} id
 * @param {string} models the user's models folder, which contains it
 * @param {string} folder
 */
export function linkTestModel(id, models, folder) {
  const catalogue = JSON.parse(readFileSync(inRoot('src/engine/catalogue/catalogue.json'), 'utf8'));
  const { fileName } = catalogue.models.find((model) => model.id === id);
  const file = realpathSync(join(models, fileName));
  // On Windows, symbolic links need special permissions.
  if (process.platform === 'win32') linkSync(file, join(folder, fileName));
  else symlinkSync(file, join(folder, fileName));
}

/** The user's models folder, computed by the engine's own code. Tests need it because they run with another home folder. */
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
