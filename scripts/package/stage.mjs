import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../tools/command.mjs';
import { inRoot, root } from '../tools/paths.mjs';
import { installedManifest } from './manifest.mjs';
import { reachableFiles } from './moduleGraph.mjs';
import { thirdPartyNotices } from './notices.mjs';
import { findBinaries } from './platformBinaries.mjs';
import { removeAmxBackends } from '../setup/amxBackend.mjs';
import { runVsce } from './vsce.mjs';

/** Data files of node-llama-cpp: the release of its binaries, and grammars by name. */
const DATA = ['llama/binariesGithubRelease.json', 'llama/llama.cpp.info.json', 'llama/grammars'].map(
  (path) => `node_modules/node-llama-cpp/${path}`,
);
/** WebAssembly files of tree-sitter and of the grammars that the engine uses. */
const GRAMMARS = ['tree-sitter.wasm', ...grammarFiles()].map(
  (name) => `node_modules/@vscode/tree-sitter-wasm/wasm/${name}`,
);
/** The parts of a binary package that are used at run time. */
const BINARY_PARTS = ['package.json', 'dist', 'bins'];

/**
 * Copies the content of the VSIX to a folder: the files that .vscodeignore allows, minified bundles in dist, and next to
 * the engine the files of node-llama-cpp, tree-sitter and their dependencies that it can load.
 * @param {string} folder is cleared first
 * @param {readonly string[]} binaries packages with llama.cpp for the target
 */
export async function stage(folder, binaries) {
  const copy = (from, to) => {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    cpSync(from, join(folder, to), { recursive: true });
  };
  const binaryFolders = await Promise.all(binaries.map(findBinaries));
  rmSync(folder, { recursive: true, force: true });
  const listed = (await runVsce(['ls', '--no-dependencies'], root)).split('\n').map((line) => line.trim());
  for (const path of listed) if (path && !path.startsWith('dist/')) copy(inRoot(path), path);
  copy(inRoot('.vscodeignore'), '.vscodeignore');
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(installedManifest(), null, 2)}\n`);
  await build(join(folder, 'dist'));

  const graph = await reachableFiles(join(folder, 'dist/engine/main.mjs'));
  const packages = graph.filter((path) => path.startsWith('node_modules/'));
  for (const path of [...packages, ...DATA, ...GRAMMARS]) copy(inRoot(path), join('dist/engine', path));
  binaries.forEach((name, index) => {
    for (const part of BINARY_PARTS)
      copy(join(binaryFolders[index], part), join('dist/engine/node_modules', name, part));
  });
  removeAmxBackends(join(folder, 'dist/engine/node_modules'));
  const files = [...packages, ...GRAMMARS, ...bundledFiles(join(folder, 'dist'))].map((path) => inRoot(path));
  writeFileSync(
    join(folder, 'ThirdPartyNotices.txt'),
    thirdPartyNotices([...files, ...binaryFolders.map((binaryFolder) => join(binaryFolder, 'package.json'))]),
  );
}

function grammarFiles() {
  const names = Object.values(JSON.parse(readFileSync(inRoot('src/engine/syntax/grammars.json'), 'utf8')));
  return [...new Set(names)].map((name) => `tree-sitter-${name}.wasm`);
}

async function build(outdir) {
  try {
    await promisify(execFile)(process.execPath, ['esbuild.mjs', '--packed', '--outdir', outdir], {
      cwd: root,
    });
  } catch (error) {
    throw new Failure(`The build failed:\n${String(error.stderr || error.message).trim()}`);
  }
}

/** The files of packages that are part of the bundles. */
function bundledFiles(dist) {
  const metafiles = JSON.parse(readFileSync(join(dist, 'metafiles.json'), 'utf8'));
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  return inputs.filter((path) => path.startsWith('node_modules/') && existsSync(inRoot(path)));
}
