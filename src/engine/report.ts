import { availableParallelism, freemem, totalmem } from 'node:os';
import type { EngineReport, EngineStatus } from '../protocol/status.js';
import type { Decoder } from './decoding/decoder.js';
import type { ModelThreads } from './model/modelThreads.js';

/** What runs where, as it is now. */
export function makeReport(
  status: EngineStatus,
  threads: ModelThreads,
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
    threads: { ...threads.counts, isMeasured: threads.isMeasured },
    speed: { ...(prefill === undefined ? {} : { prefill }), ...(decode === undefined ? {} : { decode }) },
  };
}
