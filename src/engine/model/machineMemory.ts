import { readFile } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { unusableModel } from './loadFailure.js';

export interface MachineMemory {
  /** What the machine, or the container that this process runs in, has. */
  readonly totalBytes: number;
  /** What programs can still take, swap included. */
  readonly availableBytes: number;
}

/** Weights and what llama.cpp keeps beside them at least; a context comes on top. */
const OVERHEAD = 1.1;

export async function machineMemory(): Promise<MachineMemory> {
  const limit = process.constrainedMemory();
  const totalBytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  // Elsewhere the system's "free" leaves out what it would hand over when asked, so it says nothing.
  if (process.platform !== 'linux') return { totalBytes, availableBytes: totalBytes };
  return { totalBytes, availableBytes: Math.min(totalBytes, freemem() + (await freeSwap())) };
}

/**
 * @param memory what there is for the weights, a GPU's memory included
 * @throws EngineError `notEnoughMemory` when a model of this size can't be loaded
 */
export function checkMemory(path: string, sizeBytes: number, memory: MachineMemory): void {
  const neededBytes = Math.round(sizeBytes * OVERHEAD);
  const availableBytes = Math.min(memory.totalBytes, memory.availableBytes);
  if (neededBytes <= availableBytes) return;
  throw unusableModel({ kind: 'notEnoughMemory', path, neededBytes, availableBytes });
}

async function freeSwap(): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  return Number(/^SwapFree:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024;
}
