import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, root } from '../../scripts/tools/paths.mjs';

/**
 * Builds the extension of this tree into a separate folder, so that concurrent builds and edits don't affect the
 * benchmark. The folder is inside the repository, so that packages resolve from it.
 */
export function buildExtension(name) {
  const folder = inRoot('out/bench', name);
  mkdirSync(folder, { recursive: true });
  execFileSync(process.execPath, [inRoot('esbuild.mjs'), '--minify', '--outdir', join(folder, 'dist')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  writeFileSync(join(folder, 'package.json'), readFileSync(inRoot('package.json')));
  for (const part of ['package.nls.json', 'l10n', 'media', 'syntaxes']) {
    try {
      symlinkSync(inRoot(part), join(folder, part));
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
  return folder;
}
