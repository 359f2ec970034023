import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../tools/command.mjs';
import { inRoot, root } from '../tools/paths.mjs';

/** Runs the built command line. @returns its exit code and, if they are pipes, its stdout and stderr */
export async function runCli(args, { stdio = ['ignore', 'pipe', 'pipe'] } = {}) {
  const cli = spawn(process.execPath, [inRoot('dist/cli/main.mjs'), ...args], {
    cwd: root,
    stdio,
  });
  let stdout = '';
  let stderr = '';
  cli.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
  cli.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
  const [code] = await once(cli, 'close');
  return { code, stdout, stderr };
}

/**
 * Makes a model available: checks that a file exists, downloads a missing catalogue model.
 * @returns an absolute path or a catalogue id, as the engine expects it
 */
export async function ensureModel(name) {
  const isPath = /\.gguf$/i.test(name) || /[\\/]/.test(name) || existsSync(name);
  if (isPath) {
    const path = resolve(name);
    if (!existsSync(path)) throw new Failure(`File not found: ${path}`);
    console.log(`✓ Model ${path}`);
    return path;
  }
  // The command prints the licence, a progress bar and the sources that it tries.
  const { code } = await runCli(['model', 'get', name], { stdio: ['inherit', 'ignore', 'inherit'] });
  if (code !== 0)
    throw new Failure(`Youtu Code needs a model. Any GGUF file on disk works: npm start -- --model PATH`);
  console.log(`✓ Model ${name}`);
  return name;
}
