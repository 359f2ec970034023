import { spawn, type ChildProcess } from 'node:child_process';

/** Kills a process that was started as the leader of a group, with all that it has started and that still runs. */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { windowsHide: true }).on('error', () => {
      child.kill('SIGKILL'); // without taskkill, at least the process itself
    });
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL'); // the group is gone, or was never made
  }
}
