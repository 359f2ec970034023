import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../tools/failure.mjs';
import { runCli } from './runCli.mjs';

/**
 * Sees to the model: a file on disk as it is, one of the catalogue downloaded when it isn't there yet.
 * @returns what the engine understands: an absolute path or a catalogue id
 */
export async function ensureModel(name) {
  const isPath = /\.gguf$/i.test(name) || /[\\/]/.test(name) || existsSync(name);
  if (isPath) {
    const path = resolve(name);
    if (!existsSync(path)) throw new Failure(`There is no file ${path}.`);
    console.log(`✓ Model ${path}`);
    return path;
  }
  // It says what it does by itself: the licence, a bar, the sources that it tries.
  const { code } = await runCli(['model', 'get', name], { stdio: ['inherit', 'ignore', 'inherit'] });
  if (code !== 0)
    throw new Failure(
      `Without a model there is nothing to show. Any GGUF on disk will do: npm start -- --model PATH`,
    );
  console.log(`✓ Model ${name}`);
  return name;
}
