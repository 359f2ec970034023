import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ExitStatus, InputError } from '../errors.js';

/** Benchmarks of the repository: `bench/NAME.ts`, run by scripts/bench.mjs, or `bench/NAME.mjs`. */
export const REPOSITORY_BENCHES = [
  'activation',
  'commit',
  'contention',
  'document',
  'edit',
  'editor',
  'fix',
  'fixes',
  'llamaServer',
  'load',
  'memory',
  'overhead',
  'quality',
  'size',
  'soak',
  'team',
  'typing',
] as const;

/**
 * Finds the root of the clone that contains a folder.
 * @param from the folder to start from
 */
export function findRepository(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'scripts/bench.mjs')) && isYoutuRepository(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/**
 * Runs a benchmark of the repository in this terminal.
 * @throws InputError outside of a clone; ExitStatus if it fails; the signal's reason
 */
export async function runRepositoryBench(
  name: string,
  options: readonly string[],
  root: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (root === undefined)
    throw new InputError(
      `"youtu bench ${name}" needs files from the repository. Clone it, run "npm start -- --check" once, then "node scripts/bench.mjs ${name}". "youtu bench seed" works everywhere.`,
    );
  const module = join(root, 'bench', `${name}.mjs`);
  const command = existsSync(module) ? [module] : [join(root, 'scripts/bench.mjs'), name];
  const bench = spawn(process.execPath, [...command, ...options], { cwd: root, stdio: 'inherit' });
  const stop = (): void => void bench.kill('SIGINT');
  signal.addEventListener('abort', stop, { once: true });
  const status = await new Promise<number>((resolve, reject) => {
    bench.once('error', reject);
    bench.once('exit', (code) => resolve(code ?? 1));
  }).finally(() => signal.removeEventListener('abort', stop));
  signal.throwIfAborted();
  if (status !== 0) throw new ExitStatus(status);
}

function isYoutuRepository(folder: string): boolean {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return (manifest as { name?: unknown }).name === 'youtu-code';
}
