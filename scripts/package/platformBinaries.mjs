import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureNpmTool } from '../tools/npmTools.mjs';
import { inRoot } from '../tools/paths.mjs';

/**
 * Finds a package with prebuilt llama.cpp binaries: in node_modules if it is for this platform, otherwise in the user's
 * cache, where it is installed first.
 * @param {string} name `@node-llama-cpp/…`
 * @returns the package's folder
 */
export async function findBinaries(name) {
  // The library accepts only binaries of its own version.
  const { version } = readManifest(inRoot('node_modules/node-llama-cpp'));
  const installed = inRoot('node_modules', name);
  if (existsSync(installed) && readManifest(installed).version === version) return installed;
  const folder = await ensureNpmTool({
    folder: `${name.split('/')[1]}-${version}`,
    what: `llama.cpp for that platform (${name})`,
    // Without --force, npm doesn't install the binaries of another platform.
    packages: ['--force', `${name}@${version}`],
  });
  return join(folder, 'node_modules', name);
}

const readManifest = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
