import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

const PRIORITY = -20;
/** Linux weighs sessions before it weighs the processes in them. */
const SESSION = '/proc/self/autogroup';

/**
 * Puts this process, and those that it starts from here on, before all others: where other work can't be stopped,
 * figures come nearer to those of a quiet machine. Memory and caches are still shared. Needs root.
 */
export function goAhead(): void {
  setPriority(0, PRIORITY);
  try {
    writeFileSync(SESSION, `${PRIORITY}`);
  } catch {
    return; // a kernel without them
  }
  process.on('exit', () => writeFileSync(SESSION, '0'));
}
