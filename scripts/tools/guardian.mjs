// Runs a command and ends it, with everything that it has started, once the process that asked for it is gone in
// whatever way: its end of this one's standard input is then closed.
//   node guardian.mjs COMMAND ARGUMENT…
import { execFileSync, spawn } from 'node:child_process';

const GRACE_MS = 3000;
const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

process.stdin.resume();
process.stdin.on('close', () => {
  child.kill('SIGTERM');
  setTimeout(endAll, GRACE_MS);
});
child.on('exit', endAll);
child.on('error', (error) => {
  console.error(error.message);
  endAll();
});
// The terminal's Ctrl+C reaches only the process that asked; this one has a group of its own.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.stdin.destroy());

function endAll() {
  try {
    if (process.platform === 'win32') execFileSync('taskkill', ['/pid', `${child.pid}`, '/T', '/F']);
    else process.kill(-process.pid, 'SIGKILL'); // the whole group, this process too
  } catch {
    // nothing is left to end
  }
  process.exit();
}
