import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { build } from 'esbuild';
import { Failure } from '../tools/command.mjs';
import { inRoot, root } from '../tools/paths.mjs';

/** esbuild's warnings about loading a module whose name is computed at run time. */
const DYNAMIC_LOAD_WARNINGS = ['unsupported-require-call', 'unsupported-dynamic-import', 'indirect-require'];
/** Conditions in "exports" of package.json that only newer Node versions support. The files for both are packed. */
const CONDITIONS = [[], ['module-sync', 'node-addons']];

/**
 * Every file that Node can load from a module, with the package.json files that it reads to resolve them. esbuild
 * follows the imports; its bundles are discarded.
 * @param {string} entry path of an ES module
 * @returns paths relative to the repository, sorted
 */
export async function reachableFiles(entry) {
  const graphs = await Promise.all(CONDITIONS.map((conditions) => readGraph(entry, conditions)));
  const files = new Set(graphs.flatMap((graph) => Object.keys(graph)));
  for (const file of [...files]) for (const manifest of manifestsAbove(file)) files.add(manifest);
  return [...files].sort();
}

async function readGraph(entry, conditions) {
  const { metafile, warnings } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    outdir: 'out',
    metafile: true,
    // Resolve as Node does, and keep what looks unused.
    platform: 'node',
    format: 'esm',
    mainFields: ['main'],
    conditions,
    treeShaking: false,
    ignoreAnnotations: true,
    external: [...optionalPackages(), 'electron'],
    logLevel: 'silent',
    logOverride: Object.fromEntries(DYNAMIC_LOAD_WARNINGS.map((id) => [id, 'warning'])),
  });
  // The engine's own code may load modules that aren't packed, such as the user's compiler.
  const dynamicLoads = warnings.filter(
    ({ id, location }) => DYNAMIC_LOAD_WARNINGS.includes(id) && location?.file.includes('node_modules/'),
  );
  if (dynamicLoads.length > 0) {
    const locations = dynamicLoads.map(
      ({ location }) => `${location.file}:${location.line}: ${location.lineText.trim()}`,
    );
    throw new Failure(
      `These files load modules whose names are computed at run time, so it isn't known what to pack:\n${locations.join('\n')}`,
    );
  }
  return metafile.inputs;
}

/**
 * Packages that the project's own install leaves out, and a plain `npm ci` installs: what imports them can do without.
 * The binaries of llama.cpp, which are among them, are packed by the target.
 */
function optionalPackages() {
  const { packages } = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));
  return Object.keys(packages)
    .filter((path) => packages[path].optional === true)
    .map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
}

/** The package.json files in a file's folder and above, up to the root of its package. */
function manifestsAbove(file) {
  const found = [];
  if (!file.includes('node_modules/')) return found;
  for (let folder = posix.dirname(file); !isPackageStore(folder); folder = posix.dirname(folder)) {
    const manifest = `${folder}/package.json`;
    if (existsSync(inRoot(manifest))) found.push(manifest);
  }
  return found;
}

const isPackageStore = (folder) => /(^|\/)node_modules(\/@[^/]+)?$/.test(folder);
