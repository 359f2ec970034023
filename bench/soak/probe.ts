// Loaded into the engine by `--import`: answers SIGUSR2 with what the process holds, and shifts its clock.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Read from `command.json` in the folder that this variable names; the report goes to `report.json` there. */
export const PROBE_FOLDER = 'YOUTU_SOAK_FOLDER';

export interface ProbeCommand {
  readonly id: number;
  /** Added to the time of day. */
  readonly clockOffsetMs: number;
}

export interface ProbeReport {
  /** Of the command. */
  readonly id: number;
  /** After a garbage collection. */
  readonly heapBytes: number;
  /** What keeps the event loop alive: sockets, timers, child processes. */
  readonly resources: readonly string[];
  /** Of the process object. */
  readonly listeners: number;
}

let clockOffsetMs = 0;

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
  collectGarbage();
  const answer: ProbeReport = {
    id: command.id,
    heapBytes: process.memoryUsage().heapUsed,
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
