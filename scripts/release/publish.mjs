// Publishes the VSIX files that a folder's SHA256SUMS lists. Files that are already published are skipped, so it can be repeated.
// The token comes from the variable VSCE_PAT or OVSX_PAT; without it, the script prints a notice and does nothing.
//   node scripts/release/publish.mjs marketplace|open-vsx FOLDER
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { Failure, runMain } from '../tools/command.mjs';
import { ensureNode24 } from '../tools/npmTools.mjs';
import { inRoot } from '../tools/paths.mjs';
import { verifyChecksums } from './checksums.mjs';

/** Not a development dependency: it needs an optional native package, and only releases need it. */
const OVSX = 'ovsx@1.4.0';

/** Neither command needs `--pre-release`: the VSIX contains this information. */
const REGISTRIES = {
  marketplace: {
    title: 'the Visual Studio Marketplace',
    variable: 'VSCE_PAT',
    run: async (args) => run(await ensureNode24(), [inRoot('node_modules/@vscode/vsce/vsce'), ...args]),
  },
  'open-vsx': {
    title: 'Open VSX',
    variable: 'OVSX_PAT',
    run: (args) => run('npx', ['--yes', '--ignore-scripts', OVSX, ...args]),
  },
};

await runMain(async () => {
  const [name, folder] = process.argv.slice(2);
  const registry = Object.hasOwn(REGISTRIES, name ?? '') ? REGISTRIES[name] : undefined;
  if (registry === undefined || folder === undefined)
    throw new Failure('Usage: publish.mjs marketplace|open-vsx FOLDER');
  const files = verifyChecksums(resolve(folder));
  if (!process.env[registry.variable]) {
    // GitHub shows a line of this form on the workflow's page.
    console.log(
      `::notice title=Not published to ${registry.title}::The secret ${registry.variable} is not set, so this step was skipped.`,
    );
    return 0;
  }
  return registry.run(['publish', '--skip-duplicate', '--packagePath', ...files]);
});

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: inRoot(), stdio: 'inherit' });
  if (error) throw error;
  return status ?? 1;
}
