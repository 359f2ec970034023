import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

/** Milliseconds since some beginning. */
export interface ProcessorTimes {
  readonly wall: number;
  /** Processor time of this process, all threads together. */
  readonly own: number;
  /** Processor time of everything on this machine; `undefined` where that can't be told. */
  readonly all: number | undefined;
}

export type ProcessorClock = () => ProcessorTimes;

export const processorClock: ProcessorClock = () => {
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1000;
  return { wall: performance.now(), own, all: hasWholeMachine() ? busyMs() : undefined };
};

let isWhole: boolean | undefined;

/** In a container that has a part of a machine, what the system tells of its cores says nothing of this part. */
function hasWholeMachine(): boolean {
  isWhole ??= cpus().length === availableParallelism();
  return isWhole;
}

/** Node asks Linux for each core's name and frequency too, which takes milliseconds. */
function busyMs(): number | undefined {
  if (process.platform === 'linux') return busyMsOf(readFileSync('/proc/stat', 'utf8'));
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}

/** @param stat the text of `/proc/stat`; what is counted there are hundredths of a second, on every Linux of today */
export function busyMsOf(stat: string): number | undefined {
  const [user, nice, system, , , hard, soft] = (/^cpu +([\d ]+)/.exec(stat)?.[1] ?? '')
    .split(' ')
    .map(Number);
  if (user === undefined || nice === undefined || system === undefined) return undefined;
  return (user + nice + system + (hard ?? 0) + (soft ?? 0)) * 10;
}

/** What was used between two looks at the clock. */
export function timesBetween(before: ProcessorTimes, after: ProcessorTimes): ProcessorTimes {
  return {
    wall: after.wall - before.wall,
    own: after.own - before.own,
    all: before.all === undefined || after.all === undefined ? undefined : after.all - before.all,
  };
}

/** Cores that other processes kept busy, on average; `undefined` where that can't be told. */
export function othersCores({ wall, own, all }: ProcessorTimes): number | undefined {
  return all === undefined ? undefined : Math.max(0, all - own) / wall;
}
