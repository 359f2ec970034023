import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../tools/paths.mjs';

const PATHS = [
  ...['src', 'l10n', 'media', 'syntaxes', 'scripts/package', 'scripts/package.mjs', 'esbuild.mjs'],
  ...['package.json', 'package-lock.json', '.vscodeignore', 'README.md', 'CHANGELOG.md', 'LICENSE'],
];

/** A hash of everything that a VSIX is made from. */
export function hashInputs() {
  const hash = createHash('sha256');
  const texts = readdirSync(inRoot()).filter((name) => /^package\.nls.*\.json$/.test(name));
  for (const path of [...PATHS, ...texts].flatMap(filesIn).sort())
    hash
      .update(`${path}\0`)
      .update(readFileSync(inRoot(path)))
      .update('\0');
  return hash.digest('hex');
}

function filesIn(path) {
  if (!existsSync(inRoot(path))) return [];
  if (statSync(inRoot(path)).isFile()) return [path];
  const entries = readdirSync(inRoot(path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(inRoot().length + 1));
}
