import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const guardian = fileURLToPath(new URL('guardian.mjs', import.meta.url));

/**
 * Starts a command that ends with this process, together with all processes that it has started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, output?: 'pipe' | 'inherit' }} options
 * @returns the process; `ended`, which resolves to its exit code; and `stop`, which ends it and waits
 */
export function startGuarded(command, args, { output = 'pipe', ...options } = {}) {
  const child = spawn(process.execPath, [guardian, command, ...args], {
    ...options,
    stdio: ['ignore', output, output, 'ipc'],
    detached: process.platform !== 'win32',
  });
  let code = 1;
  child.on('message', (message) => (code = message.code));
  const ended = once(child, 'close').then(() => code);
  return {
    child,
    ended,
    async stop() {
      if (child.connected) child.send('stop');
      await ended;
    },
  };
}
