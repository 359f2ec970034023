import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import {
  TypescriptChecker,
  type TypescriptOptions,
} from '../../../../../src/engine/checkers/typescript/typescriptChecker.js';

const ROOT = process.env['YOUTU_ROOT'] ?? process.cwd();

/** Bundles the thread that has TypeScript, as the product has it beside its own code. */
export async function buildThread(folder: string): Promise<URL> {
  const outfile = join(folder, 'typescriptWorker.mjs');
  await build({
    entryPoints: [join(ROOT, 'src/engine/checkers/typescript/typescriptWorker.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
  });
  return pathToFileURL(outfile);
}

export function typescriptChecker(
  thread: URL,
  options: Omit<TypescriptOptions, 'thread'>,
): TypescriptChecker {
  return new TypescriptChecker({ ...options, thread });
}
