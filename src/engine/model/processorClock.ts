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

/** In a container that has a part of a machine, what the system tells of its cores says nothing of this part. */
export const processorClock: ProcessorClock = () => {
  const { user, system } = process.cpuUsage();
  const cores = cpus();
  const isWhole = cores.length === availableParallelism();
  const busy = cores.reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  return {
    wall: performance.now(),
    own: (user + system) / 1000,
    all: isWhole && busy > 0 ? busy : undefined,
  };
};

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
