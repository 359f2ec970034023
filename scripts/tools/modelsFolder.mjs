import { build } from 'esbuild';
import { inRoot } from './root.mjs';

/** Where the engine keeps this user's models, told by the engine's own source: tests run with another home folder. */
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
