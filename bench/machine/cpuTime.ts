import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';

/** Linux reports CPU times in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** CPU seconds; `wall` is the wall-clock time in seconds. */
export interface CpuTime {
  readonly process: number;
  /** Of all processes on the machine, including this one. */
  readonly machine: number;
  readonly wall: number;
}

/** CPU seconds used so far. Zeros where there is no /proc. */
export function cpuTime(pid: number): CpuTime {
  return { process: processCpuSeconds(pid), machine: machineCpuSeconds(), wall: performance.now() / 1000 };
}

export interface CpuUsage {
  readonly wallSeconds: number;
  /** CPU seconds of the process. */
  readonly seconds: number;
  readonly perSecond: number;
  /** Share of all cores, from 0 to 1. */
  readonly share: number;
  /** The same for all other processes together, including the benchmark. */
  readonly othersShare: number;
}

export function cpuUsageSince(pid: number, before: CpuTime): CpuUsage {
  const now = cpuTime(pid);
  const wallSeconds = now.wall - before.wall;
  const seconds = now.process - before.process;
  const cores = availableParallelism();
  return {
    wallSeconds,
    seconds,
    perSecond: seconds / wallSeconds,
    share: seconds / wallSeconds / cores,
    othersShare: Math.max(0, now.machine - before.machine - seconds) / wallSeconds / cores,
  };
}

/** Time, cores and load of the machine, for the heading of a table. */
export function describeMachine(): string {
  const load = loadavg().map((value) => value.toFixed(2));
  return `${new Date().toISOString().slice(0, 16)}Z, ${availableParallelism()} cores, load ${load.join(' ')}`;
}

function processCpuSeconds(pid: number): number {
  // The name, in parentheses, may contain any character.
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
}

/** User, nice, system and interrupt time, without idle and stolen time. */
function machineCpuSeconds(): number {
  const [, user, nice, system, , , irq, softirq] = read('/proc/stat').split(/\s+/).map(Number);
  return (
    [user, nice, system, irq, softirq].reduce<number>((sum, value) => sum + (value ?? 0), 0) /
    TICKS_PER_SECOND
  );
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
