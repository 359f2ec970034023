import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cacheFolder } from './paths.mjs';
import { withLock } from './lock.mjs';
import { npm } from './npm.mjs';

/**
 * Installs npm packages once into a folder of the user's cache. An interrupted install never looks complete; the next one
 * finds its downloads in npm's cache.
 * @param {{ folder: string, what: string, packages: readonly string[],
 *           finish?: (folder: string) => Promise<void> }} tool
 * @returns the folder that contains node_modules
 */
export async function ensureNpmTool({ folder, what, packages, finish }) {
  const target = cacheFolder(folder);
  if (existsSync(target)) return target;
  await withLock(target, async () => {
    if (existsSync(target)) return;
    // The npm process of a killed install may still be writing, so each install uses another folder.
    const partial = `${target}.${process.pid}.partial`;
    removeAbandoned(target);
    mkdirSync(partial, { recursive: true });
    writeFileSync(join(partial, 'package.json'), '{ "private": true }\n');
    const install = ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--omit=optional'];
    await npm([...install, ...packages], { cwd: partial, what });
    await finish?.(partial);
    if (!existsSync(target)) renameSync(partial, target);
  });
  return target;
}

/**
 * Path of Node 24, which some tools (dependency-cruiser, test-electron, vsce, code-server) need: the current Node if it is
 * version 24, otherwise one from npm.
 */
export async function ensureNode24() {
  if (Number(process.versions.node.split('.')[0]) === 24) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = await ensureNpmTool({ folder: 'node-24', what: 'Node 24', packages: [`${name}@24`] });
  const binary = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  return join(folder, 'node_modules', name, binary);
}

function removeAbandoned(target) {
  for (const name of readdirSync(dirname(target))) {
    if (!name.startsWith(`${basename(target)}.`) || !name.endsWith('.partial')) continue;
    try {
      rmSync(join(dirname(target), name), { recursive: true, force: true });
    } catch {
      // still in use; a later install removes it
    }
  }
}
