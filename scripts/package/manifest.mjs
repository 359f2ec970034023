import { readFileSync } from 'node:fs';
import { inRoot } from '../tools/paths.mjs';

/** Keys of package.json that only a clone of the repository needs. */
const REPOSITORY_ONLY_KEYS = ['scripts', 'dependencies', 'devDependencies', 'bin', 'private'];

/** The package.json of the VSIX. `extra` overrides single keys. */
export function installedManifest(extra = {}) {
  const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  for (const key of REPOSITORY_ONLY_KEYS) delete manifest[key];
  manifest.engines = { vscode: manifest.engines.vscode };
  return { ...manifest, ...extra };
}

/**
 * Whether a version is published as a pre-release. VS Code's convention: an odd minor version is one. The Marketplace
 * accepts only numbers in a version, so a suffix such as `-beta` is not possible.
 * @param {string} version such as `0.2.1`
 */
export const isPreRelease = (version) => Number(version.split('.')[1]) % 2 === 1;
