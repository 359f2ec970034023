import { join } from 'node:path';
import { ensureNpmTool } from './npmTool.mjs';

/**
 * Path of a Node 24: some tools (dependency-cruiser, test-electron, vsce, code-server) want a newer one than the
 * project does. This Node if it is one, else one from npm.
 */
export async function ensureNode24() {
  if (Number(process.versions.node.split('.')[0]) === 24) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = await ensureNpmTool({ folder: 'node-24', what: 'Node 24', packages: [`${name}@24`] });
  const binary = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  return join(folder, 'node_modules', name, binary);
}
