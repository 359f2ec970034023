import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../tools/command.mjs';
import { withLock } from '../tools/lock.mjs';
import { inRoot, root } from '../tools/paths.mjs';

const STAMP = 'dist/.inputs.json';
const INPUTS = ['src', 'esbuild.mjs', 'package-lock.json'];

/**
 * Runs esbuild.mjs if an input of dist has changed since the last build.
 * @returns whether it was run
 */
export async function ensureBuilt() {
  if (isBuilt()) return false;
  return withLock(inRoot('out/build'), async () => {
    if (isBuilt()) return false;
    const inputs = listInputs();
    const esbuild = spawn(process.execPath, ['esbuild.mjs'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [esbuild.stdout, esbuild.stderr]) stream.on('data', (chunk) => (output += chunk));
    const [code] = await once(esbuild, 'close');
    if (code !== 0) throw new Failure(`The build failed:\n${withoutStack(output)}`);
    writeFileSync(inRoot(STAMP), inputs);
    return true;
  });
}

const isBuilt = () => existsSync(inRoot(STAMP)) && readFileSync(inRoot(STAMP), 'utf8') === listInputs();

/** Every input with its size and modification time: a quick way to detect changes. */
function listInputs() {
  const files = INPUTS.flatMap((path) =>
    statSync(inRoot(path)).isDirectory()
      ? readdirSync(inRoot(path), { recursive: true }).map((file) => join(path, file))
      : [path],
  );
  const rows = files.sort().map((file) => {
    const { size, mtimeMs } = statSync(inRoot(file));
    return [file, size, mtimeMs];
  });
  return JSON.stringify(rows);
}

/** esbuild's message without its own stack trace. */
function withoutStack(output) {
  return output.split(/\n\S*node_modules.esbuild/)[0].trim();
}
