// Loaded into the engine by `--import`: answers SIGUSR2 with what the process holds, and shifts its clock.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Read from `command.json` in the folder that this variable names; the report goes to `report.json` there. */
export const PROBE_FOLDER = 'YOUTU_SOAK_FOLDER';

export interface ProbeCommand {
  readonly id: number;
  /** Added to the time of day. */
  readonly clockOffsetMs: number;
  /** Memory to take and never give back. */
  readonly leakBytes: number;
}

export interface ProbeReport {
  /** Of the command. */
  readonly id: number;
  /** After a garbage collection. */
  readonly heapBytes: number;
  /** Resident memory of V8's space for new objects. It is empty then, and V8 keeps it (34 MB) or not, as it was busy. */
  readonly nurseryBytes: number;
  /** What keeps the event loop alive: sockets, timers, child processes. */
  readonly resources: readonly string[];
  /** Of the process object. */
  readonly listeners: number;
}

let clockOffsetMs = 0;
const leaked: Buffer[] = [];

function shiftClock(): void {
  const SystemDate = Date;
  globalThis.Date = new Proxy(SystemDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [target.now() + clockOffsetMs] : args, newTarget) as Date,
    get: (target, name, receiver) =>
      name === 'now' ? () => target.now() + clockOffsetMs : (Reflect.get(target, name, receiver) as unknown),
  });
}

function report(folder: string, collectGarbage: () => void): void {
  const command = JSON.parse(readFileSync(join(folder, 'command.json'), 'utf8')) as ProbeCommand;
  ({ clockOffsetMs } = command);
  if (command.leakBytes > 0) leaked.push(Buffer.alloc(command.leakBytes, 1));
  collectGarbage();
  const answer: ProbeReport = {
    id: command.id,
    heapBytes: process.memoryUsage().heapUsed,
    nurseryBytes:
      getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')?.physical_space_size ?? 0,
    resources: process.getActiveResourcesInfo(),
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
  };
  const path = join(folder, 'report.json');
  writeFileSync(`${path}.new`, JSON.stringify(answer));
  renameSync(`${path}.new`, path);
}

const folder = process.env[PROBE_FOLDER];
if (folder !== undefined) {
  // The engine's own child processes are not measured.
  delete process.env['NODE_OPTIONS'];
  delete process.env['YOUTU_SOAK_FOLDER'];
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  shiftClock();
  process.on('SIGUSR2', () => report(folder, collectGarbage));
}
