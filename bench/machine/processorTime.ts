import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';

/** The kernel counts in hundredths of a second, on every Linux of today. */
const TICKS_PER_SECOND = 100;

export interface ProcessorTime {
  /** Of the process that is looked at. */
  readonly own: number;
  /** Of all processes on the machine, this one among them. */
  readonly all: number;
  readonly wall: number;
}

/** Processor seconds so far. Zeros where there is no /proc. */
export function processorTime(pid: number): ProcessorTime {
  return { own: processSeconds(pid), all: machineSeconds(), wall: performance.now() / 1000 };
}

export interface ProcessorUse {
  readonly wallSeconds: number;
  /** Processor seconds of the process. */
  readonly seconds: number;
  readonly perSecond: number;
  /** Of all the machine's cores, from 0 to 1. */
  readonly share: number;
  /** The same of all other processes together, the benchmark's own among them. */
  readonly othersShare: number;
}

export function useSince(pid: number, before: ProcessorTime): ProcessorUse {
  const now = processorTime(pid);
  const wallSeconds = now.wall - before.wall;
  const seconds = now.own - before.own;
  const cores = availableParallelism();
  return {
    wallSeconds,
    seconds,
    perSecond: seconds / wallSeconds,
    share: seconds / wallSeconds / cores,
    othersShare: Math.max(0, now.all - before.all - seconds) / wallSeconds / cores,
  };
}

/** For the head of a table: how busy the machine was without it. */
export function machineLine(): string {
  const load = loadavg().map((value) => value.toFixed(2));
  return `${new Date().toISOString().slice(0, 16)}Z, ${availableParallelism()} cores, load ${load.join(' ')}`;
}

function processSeconds(pid: number): number {
  // The name, in parentheses, may hold anything.
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
}

/** User, nice, system, interrupts; neither idle nor stolen. */
function machineSeconds(): number {
  const [, user, nice, system, , , hard, soft] = read('/proc/stat').split(/\s+/).map(Number);
  return (
    [user, nice, system, hard, soft].reduce<number>((sum, value) => sum + (value ?? 0), 0) / TICKS_PER_SECOND
  );
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
