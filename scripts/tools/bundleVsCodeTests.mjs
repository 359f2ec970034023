import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { inRoot, root } from './root.mjs';

/**
 * Bundles test/vscode/index.ts and the tests for VS Code's extension host, into out/vscode.
 * @param {readonly string[]} files all tests when empty
 */
export async function bundleVsCodeTests(files = []) {
  await rm(inRoot('out/vscode/tests'), { recursive: true, force: true });
  const shared = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  };
  const tests = files.length > 0 ? [...files] : ['test/vscode/**/*.test.ts'];
  await Promise.all([
    build({ ...shared, entryPoints: ['test/vscode/index.ts'], outdir: 'out/vscode' }),
    build({ ...shared, entryPoints: tests, outdir: 'out/vscode/tests', outbase: 'test/vscode' }),
  ]);
}
