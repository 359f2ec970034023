import { readFileSync } from 'node:fs';
import { inRoot } from '../tools/paths.mjs';

/** What only says how to build, test and start the clone. */
const OF_THE_CLONE = ['scripts', 'dependencies', 'devDependencies', 'bin', 'private'];

/** package.json as it's installed. `extra` is put on top. */
export function installedManifest(extra = {}) {
  const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  for (const key of OF_THE_CLONE) delete manifest[key];
  manifest.engines = { vscode: manifest.engines.vscode };
  return { ...manifest, ...extra };
}
