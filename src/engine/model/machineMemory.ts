import { readFile } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';

export interface MachineMemory {
  /** What the machine, or the container that this process runs in, has. */
  readonly totalBytes: number;
  /** What programs can still take, swap included. */
  readonly availableBytes: number;
}

export async function machineMemory(): Promise<MachineMemory> {
  const limit = process.constrainedMemory();
  const totalBytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  // Elsewhere the system's "free" leaves out what it would hand over when asked, so it says nothing.
  if (process.platform !== 'linux') return { totalBytes, availableBytes: totalBytes };
  return { totalBytes, availableBytes: Math.min(totalBytes, freemem() + (await freeSwap())) };
}

async function freeSwap(): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  return Number(/^SwapFree:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024;
}
