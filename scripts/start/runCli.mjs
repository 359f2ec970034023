import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inRoot, root } from '../tools/root.mjs';

/** Runs the built command line. @returns its status and, where they are pipes, what it wrote */
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
