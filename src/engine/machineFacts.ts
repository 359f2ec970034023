import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, release } from 'node:os';
import { machineMemory } from './model/machineMemory.js';

/** The machine, as far as it matters to a model. */
export interface MachineFacts {
  readonly platform: string;
  readonly release: string;
  readonly cpu: string;
  readonly cores: number;
  /** Instructions that llama.cpp has code for, as the system names them; absent where it doesn't tell. */
  readonly cpuFeatures?: readonly string[];
  /** Of the machine, or of the container. */
  readonly memoryBytes: number;
  readonly availableMemoryBytes: number;
  /** Mean number of processes that wanted a core during the last minute; 0 on Windows. */
  readonly load: number;
}

const FEATURES = new Set([
  'sse4_2',
  'avx',
  'f16c',
  'fma',
  'avx2',
  'bmi2',
  'avx_vnni',
  'avx512f',
  'avx512_vnni',
  'avx512_bf16',
  'amx_int8',
  'asimd',
  'asimddp',
  'asimdhp',
  'i8mm',
  'bf16',
  'sve',
  'sme',
]);

export async function machineFacts(): Promise<MachineFacts> {
  const { totalBytes, availableBytes } = await machineMemory();
  const cpuFeatures = await features();
  return {
    platform: `${process.platform}-${process.arch}`,
    release: release(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    ...(cpuFeatures === undefined ? {} : { cpuFeatures }),
    memoryBytes: totalBytes,
    availableMemoryBytes: availableBytes,
    load: loadavg()[0] ?? 0,
  };
}

async function features(): Promise<readonly string[] | undefined> {
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => undefined);
  // x86 calls them flags, ARM features.
  const line = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(text ?? '')?.[1];
  return line?.split(' ').filter((name) => FEATURES.has(name));
}
