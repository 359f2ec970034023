// Runs a command and ends it, with everything that it has started, once the process that asked for it is gone in
// whatever way: the channel between the two is then closed. Started by guardedProcess.mjs.
//   node guardian.mjs COMMAND ARGUMENT…
import { execFileSync, spawn } from 'node:child_process';

const GRACE_MS = 3000;
const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('exit', (code) => report(code ?? 1));
child.on('error', (error) => {
  console.error(error.message);
  report(1);
});
process.on('message', stop); // its only message
process.on('disconnect', stop);
// Whoever asked decides when it ends; a Ctrl+C in the terminal doesn't come here, this has a group of its own.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));

function stop() {
  child.kill('SIGTERM');
  setTimeout(endAll, GRACE_MS);
}

function report(code) {
  if (process.connected) process.send({ code }, endAll);
  else endAll();
}

function endAll() {
  try {
    if (process.platform === 'win32') execFileSync('taskkill', ['/pid', `${child.pid}`, '/T', '/F']);
    else process.kill(-process.pid, 'SIGKILL'); // the whole group, this process too
  } catch {
    // nothing is left to end
  }
  process.exit();
}
