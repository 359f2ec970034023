import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes llama.cpp's CPU back end for processors with AMX, so that the next best one is loaded there. With it,
 * llama.cpp v0.5.0 aborts the process (`GGML_ASSERT(*cur_backend_id != -1)`) as soon as a context is created for a `deepseek2`
 * model, which Youtu-LLM is. See docs/packaging.md.
 * @param {string} modules a node_modules folder that may contain packages of `@node-llama-cpp`
 */
export function removeAmxBackends(modules) {
  const scope = join(modules, '@node-llama-cpp');
  if (!existsSync(scope)) return;
  for (const path of readdirSync(scope, { recursive: true, encoding: 'utf8' }))
    if (/ggml-cpu-sapphirerapids\.(?:so|dll)$/.test(path)) rmSync(join(scope, path));
}
