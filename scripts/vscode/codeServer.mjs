import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRoot } from '../tools/paths.mjs';
import { ensureNode24, ensureNpmTool } from '../tools/npmTools.mjs';
import { npm } from '../tools/npm.mjs';

const VERSION = '4.139.1';

/**
 * code-server from npm: VS Code's workbench for the browser with its Node extension host, for machines without VS Code for
 * the desktop. Only required packages are installed. code-server's own install script compiles six native modules (90
 * seconds; needs a compiler and the headers of libkrb5), which are not needed if the log writer is replaced.
 * @returns the Node binary that runs it and its entry script
 */
export async function ensureCodeServer() {
  const node = await ensureNode24();
  const folder = await ensureNpmTool({
    folder: `code-server-${VERSION}`,
    what: 'code-server',
    packages: [`code-server@${VERSION}`],
    finish: (partial) => installWorkbench(join(partial, 'node_modules/code-server/lib/vscode')),
  });
  return { node, entry: join(folder, 'node_modules/code-server/out/node/entry.js') };
}

async function installWorkbench(vscode) {
  const install = ['install', '--no-save', '--ignore-scripts', '--omit=dev', '--omit=optional'];
  await npm([...install, await fileWatcher(vscode)], { cwd: vscode, what: 'code-server' });
  await npm(install, { cwd: join(vscode, 'extensions'), what: 'code-server' });
  await copyFile(inRoot('scripts/vscode/spdlog.cjs'), join(vscode, 'node_modules/@vscode/spdlog/index.js'));
}

/** The only optional package that the workbench needs: the binary of its file watcher. */
async function fileWatcher(vscode) {
  const lock = JSON.parse(await readFile(join(vscode, 'npm-shrinkwrap.json'), 'utf8'));
  const isGlibc = process.report.getReport().header.glibcVersionRuntime !== undefined;
  const libc = process.platform === 'linux' ? (isGlibc ? '-glibc' : '-musl') : '';
  const name = `@parcel/watcher-${process.platform}-${process.arch}${libc}`;
  return `${name}@${lock.packages[`node_modules/${name}`].version}`;
}
