import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import nodeBundle from '../../scripts/tools/nodeBundle.json' with { type: 'json' };

const root = process.env['YOUTU_ROOT'] ?? process.cwd();
// Inside the repository, so that packages resolve from it; one folder per process, because a concurrent build clears
// dist/.
const folder = join(root, 'out/bench', `${process.pid}`);

/** Builds the engine from the current sources and returns its entry; deleted when this process exits. */
export function buildEngine(): string {
  cleanUpAtExit();
  execFileSync(process.execPath, [join(root, 'esbuild.mjs'), '--outdir', join(folder, 'product')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(folder, 'product/engine/main.mjs');
}

/** Bundles a module of bench/ that runs in a separate process. */
export async function buildModule(path: string): Promise<string> {
  cleanUpAtExit();
  const outfile = join(folder, path.replaceAll('/', '-').replace(/\.ts$/, '.mjs'));
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, path)],
    outfile,
    ...(nodeBundle as BuildOptions),
  });
  return outfile;
}

function cleanUpAtExit(): void {
  process.removeListener('exit', cleanUp);
  process.on('exit', cleanUp);
}

function cleanUp(): void {
  rmSync(folder, { recursive: true, force: true });
}
