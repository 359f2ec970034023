/** What the engine says of itself. */
export interface Probe {
  readonly handles: number;
  readonly listeners: number;
  readonly heap: number;
}

/** A module that the engine's process loads first: at SIGUSR2 it writes a {@link Probe} and lets the clocks jump. */
export const PROBE = `
import { renameSync, writeFileSync } from 'node:fs';
import v8 from 'node:v8';
import vm from 'node:vm';
v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');
const [now, date] = [performance.now.bind(performance), Date.now];
let jumped = 0;
performance.now = () => now() + jumped;
Date.now = () => date() + jumped;
process.on('SIGUSR2', () => {
  collect();
  const path = process.env.YOUTU_SOAK_PROBE;
  const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  const probe = { handles: process.getActiveResourcesInfo().length, listeners, heap: process.memoryUsage().heapUsed };
  writeFileSync(path + '.new', JSON.stringify(probe));
  renameSync(path + '.new', path);
  jumped += Number(process.env.YOUTU_SOAK_JUMP_MS);
});
`;
