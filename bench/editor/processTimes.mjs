import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts a process's time in these. */
const TICKS_PER_SECOND = 100;

/** CPU seconds that a process has used, with the children that it has waited for; 0 when it is gone. */
export function cpuSeconds(pid) {
  const stat = readStat(pid);
  return stat === undefined ? 0 : stat.ticks / TICKS_PER_SECOND;
}

/** CPU seconds of this process and of all that it has started and that still run. */
export function cpuSecondsOfAll() {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(name) ?? []);
  const family = new Set([process.pid]);
  for (let grown = true; grown;) {
    const children = stats.filter(({ pid, parent }) => family.has(parent) && !family.has(pid));
    for (const { pid } of children) family.add(pid);
    grown = children.length > 0;
  }
  const ticks = stats.filter(({ pid }) => family.has(pid)).reduce((sum, stat) => sum + stat.ticks, 0);
  return ticks / TICKS_PER_SECOND;
}

function readStat(pid) {
  try {
    // The name, in parentheses, may hold blanks.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const times = fields.slice(11, 15).map(Number); // utime, stime, cutime, cstime
    return { pid: Number(pid), parent: Number(fields[1]), ticks: times.reduce((a, b) => a + b) };
  } catch {
    return undefined; // it has ended meanwhile
  }
}
