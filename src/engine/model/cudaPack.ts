import { existsSync } from 'node:fs';
import { register } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { modelsFolder } from '../catalogue/modelsFolder.js';

/**
 * Where llama.cpp's build for CUDA lies once for this user. It takes 540 MB, so neither the packed extension nor a
 * lean install brings it; Vulkan's, which they do bring, runs on the same cards. npm fills the folder:
 * see {@link cudaPackCommand}.
 */
export function cudaPackFolder(): string {
  return join(dirname(modelsFolder()), 'cuda');
}

/** What to type to get the build that belongs to this version of node-llama-cpp; it takes no other. */
export function cudaPackCommand(version: string): string {
  const name = `@node-llama-cpp/${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}-cuda`;
  const packages = `${name}@${version} ${name}-ext@${version}`;
  return `npm install --force --no-save --ignore-scripts --prefix "${cudaPackFolder()}" ${packages}`;
}

let isRegistered = false;

/** Lets node-llama-cpp find that build too: it imports it as a package, which Node looks for beside the library. */
export function resolveCudaPack(folder = cudaPackFolder()): void {
  if (isRegistered || !existsSync(join(folder, 'node_modules'))) return;
  isRegistered = true;
  const data = pathToFileURL(join(folder, 'package.json')).href;
  register(`data:text/javascript,${encodeURIComponent(HOOKS)}`, { parentURL: import.meta.url, data });
}

/** Module hooks run in a thread of their own, so they come as a module of their own. */
const HOOKS = `
  let pack;
  export const initialize = (data) => { pack = data; };
  export const resolve = async (specifier, context, next) => {
    if (!/^@node-llama-cpp\\/[\\w-]+-cuda(-ext)?$/.test(specifier)) return next(specifier, context);
    return next(specifier, context).catch(() => next(specifier, { ...context, parentURL: pack }));
  };
`;
