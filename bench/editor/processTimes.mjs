import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Clock ticks, the unit of CPU times in /proc. */
const TICKS_PER_SECOND = 100;

/** CPU seconds of a process, including children that it has waited for; 0 if it has exited. */
export function cpuSeconds(pid) {
  const stat = readStat(pid);
  return stat === undefined ? 0 : stat.ticks / TICKS_PER_SECOND;
}

/** CPU seconds of this process and all its running descendants. */
export function treeCpuSeconds() {
  return processTree().reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
}

/** Raises the priority of this process and all its running descendants. */
export function raisePriority() {
  for (const { pid } of processTree()) {
    try {
      setPriority(pid, NICENESS);
      // Linux first divides the CPU among sessions, which have their own niceness, then among each session's processes.
      writeFileSync(`/proc/${pid}/autogroup`, String(NICENESS));
    } catch {
      // It has exited, or the kernel has no autogroups.
    }
  }
}

const NICENESS = -15;

function processTree() {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(name) ?? []);
  const pids = new Set([process.pid]);
  for (let hasGrown = true; hasGrown;) {
    const children = stats.filter(({ pid, parent }) => pids.has(parent) && !pids.has(pid));
    for (const { pid } of children) pids.add(pid);
    hasGrown = children.length > 0;
  }
  return stats.filter(({ pid }) => pids.has(pid));
}

function readStat(pid) {
  try {
    // The name, in parentheses, may contain blanks.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const times = fields.slice(11, 15).map(Number); // utime, stime, cutime, cstime
    return { pid: Number(pid), parent: Number(fields[1]), ticks: times.reduce((a, b) => a + b) };
  } catch {
    return undefined; // it has exited
  }
}
