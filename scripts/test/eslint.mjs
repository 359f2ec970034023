// Runs ESLint on the repository, except for files that passed before and are unaffected by changes. Type-aware rules
// depend on imported files, so ESLint's own cache is not enough: a file is linted again if it, a file that it imports
// (directly or indirectly), the configuration, the packages or Node has changed.
//   node scripts/test/eslint.mjs
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import { inRoot, root } from '../tools/paths.mjs';

const CACHE = inRoot('out/cache/eslint.json');
const CONFIGURATION = [
  ...['eslint.config.mjs', 'package-lock.json', 'tsconfig.json'],
  ...['src/webview/tsconfig.json', 'test/webview/tsconfig.json'],
];
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'out', '.git', '.vscode-test']);
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*(['"])(\.[^'"]*)\1/g;
/** File extensions of the sources of an imported file. */
const SOURCES = { '.js': ['.ts', '.js'], '.mjs': ['.mjs', '.mts', '.d.mts'], '.cjs': ['.cjs'] };

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
};

const configuration = sha256(
  process.version,
  ...CONFIGURATION.map((path) => readFileSync(inRoot(path), 'utf8')),
);
const hashes = new Map();

/** A hash of a file and of all files of the repository that it imports. */
function hashOf(file) {
  const known = hashes.get(file);
  if (known !== undefined) return known;
  hashes.set(file, ''); // Breaks import cycles, which another check reports.
  const text = readFileSync(file, 'utf8');
  const imported = [...text.matchAll(IMPORT)].map(([, , path]) => findSource(join(dirname(file), path)));
  const hash = sha256(text, ...imported.map((path) => (path === undefined ? 'missing' : hashOf(path))));
  hashes.set(file, hash);
  return hash;
}

function findSource(path) {
  const [extension = ''] = /\.[cm]?js$/.exec(path) ?? [];
  const candidates = (SOURCES[extension] ?? [extension]).map(
    (source) => path.slice(0, path.length - extension.length) + source,
  );
  return candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
}

function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : listFiles(path);
    return /\.([cm]?js|ts)$/.test(entry.name) ? [path] : [];
  });
}

function readCache() {
  try {
    const { configuration: cached, passed } = JSON.parse(readFileSync(CACHE, 'utf8'));
    return cached === configuration ? passed : {};
  } catch {
    return {}; // There is none yet.
  }
}

const eslint = new ESLint({ cwd: root });
const passed = readCache();
const files = [];
for (const file of listFiles(root)) if (!(await eslint.isPathIgnored(file))) files.push(file);
const stale = files.filter((file) => passed[file] !== hashOf(file));
const results = stale.length === 0 ? [] : await eslint.lintFiles(stale);
const isClean = ({ errorCount, warningCount }) => errorCount + warningCount === 0;
const clean = new Set(results.filter(isClean).map(({ filePath }) => filePath));
const isPassed = (file) => clean.has(file) || passed[file] === hashOf(file);
const next = Object.fromEntries(files.filter(isPassed).map((file) => [file, hashOf(file)]));
mkdirSync(dirname(CACHE), { recursive: true });
writeFileSync(CACHE, JSON.stringify({ configuration, passed: next }));
process.stdout.write(await (await eslint.loadFormatter('stylish')).format(results));
console.log(`${files.length} files, ${stale.length} of them linted`);
process.exitCode = results.every(isClean) ? 0 : 1;
