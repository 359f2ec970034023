import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const guardian = fileURLToPath(new URL('guardian.mjs', import.meta.url));

/**
 * Starts a command that can't outlive this process, nor leave processes of its own behind.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} options
 * @returns the process, whose output streams are to be read, and `stop`, which resolves when all is over
 */
export function startGuarded(command, args, options = {}) {
  const child = spawn(process.execPath, [guardian, command, ...args], {
    ...options,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  child.stdin.on('error', () => {}); // already gone
  const ended = once(child, 'close');
  return {
    child,
    ended,
    async stop() {
      child.stdin.destroy();
      await ended;
    },
  };
}
