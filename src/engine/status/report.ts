import { availableParallelism, freemem, totalmem } from 'node:os';
import type { EngineReport, EngineStatus } from '../../protocol/status.js';
import type { Decoder } from '../decoding/decoder.js';

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
