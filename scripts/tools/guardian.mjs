// Runs a command, and ends it with all its descendants when the parent process exits or crashes, which closes the IPC
// channel. Started by guardedProcess.mjs.
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
process.on('message', stop); // `stop` is the only message
process.on('disconnect', stop);
// Forwards signals; a Ctrl+C in the terminal reaches only the parent, because this is another process group.
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
    // all processes have exited
  }
  process.exit();
}
