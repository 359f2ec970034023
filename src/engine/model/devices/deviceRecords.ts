import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod/mini';
import type { DeviceProblem } from '../../../protocol/status.js';

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
    await this.write([...others, record]);
  }

  /** All GPUs are tried again. */
  async clear(): Promise<void> {
    await rm(this.path(), { force: true });
  }

  private async read(): Promise<readonly DeviceRecord[]> {
    try {
      return recordsFile.safeParse(JSON.parse(await readFile(this.path(), 'utf8'))).data?.records ?? [];
    } catch {
      return [];
    }
  }

  /** Without a place to write, the trial is only made again. */
  private async write(records: readonly DeviceRecord[]): Promise<void> {
    const path = this.path();
    const temporary = `${path}.${process.pid}`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary, JSON.stringify({ version: VERSION, records }, null, 1));
      await rename(temporary, path);
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }
}
