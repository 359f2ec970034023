import { rm } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { DeviceProblem } from '../../../protocol/status.js';
import { readRemembered, writeRemembered } from '../../rememberedFile.js';

export type GpuKind = DeviceProblem['device'];

/** What a trial has found out about a GPU. `noDevice` and `notInstalled` are quickly found out each time. */
export interface DeviceRecord {
  readonly device: GpuKind;
  /** What it depends on: drivers, hardware, llama.cpp. */
  readonly key: string;
  readonly verdict: 'good' | Exclude<DeviceProblem['reason'], 'noMemory' | 'notInstalled'>;
  readonly name?: string | undefined;
  readonly detail: string;
}

const VERSION = 1;
const recordsFile = z.object({
  version: z.literal(VERSION),
  records: z.array(
    z.object({
      device: z.enum(['cuda', 'vulkan', 'metal']),
      key: z.string(),
      verdict: z.enum(['good', 'crashed', 'hung', 'failed', 'slower', 'software', 'noDevice']),
      name: z.optional(z.string()),
      detail: z.string(),
    }),
  ),
});

/** One record for each kind of GPU, in a file of their own. One that is damaged counts as none. */
export class DeviceRecords {
  constructor(private readonly path: () => string) {}

  async find(device: GpuKind, key: string): Promise<DeviceRecord | undefined> {
    return (await this.read()).find((known) => known.device === device && known.key === key);
  }

  async set(record: DeviceRecord): Promise<void> {
    const others = (await this.read()).filter(({ device }) => device !== record.device);
    await writeRemembered(this.path(), { version: VERSION, records: [...others, record] });
  }

  /** All GPUs are tried again. */
  async clear(): Promise<void> {
    await rm(this.path(), { force: true });
  }

  private async read(): Promise<readonly DeviceRecord[]> {
    return (await readRemembered(this.path(), recordsFile))?.records ?? [];
  }
}
