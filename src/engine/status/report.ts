import { availableParallelism, freemem, totalmem, cpus, loadavg, release } from 'node:os';
import type { EngineReport, EngineStatus } from '../../protocol/status.js';
import type { Decoder } from '../decoding/decoder.js';
import { readFile } from 'node:fs/promises';
import type { MachineFacts } from '../../protocol/benchmark.js';
import { machineMemory } from '../model/machineMemory.js';

/** What runs where, as it is now. */
export function makeReport(
  status: EngineStatus,
  threads: EngineReport['threads'],
  { prefillSpeed, decodeSpeed }: Decoder,
  modelsFolder: string,
): EngineReport {
  const [prefill, decode] = [prefillSpeed.tokensPerSecond, decodeSpeed.tokensPerSecond];
  return {
    pid: process.pid,
    status,
    platform: `${process.platform}-${process.arch}`,
    nodeVersion: process.version,
    cpuCores: availableParallelism(),
    totalMemoryBytes: totalmem(),
    freeMemoryBytes: freemem(),
    modelsFolder,
    threads,
    speed: { ...(prefill === undefined ? {} : { prefill }), ...(decode === undefined ? {} : { decode }) },
  };
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

/** The machine, as far as it matters to a model. */
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
