import * as z from 'zod/mini';
import { readRemembered, writeRemembered } from '../rememberedFile.js';

/** How fast one model ran on this machine, in tokens per second. */
export interface SpeedRecord {
  /** Processor, cores and the setting of the device: for another one it says nothing. */
  readonly machine: string;
  /** The model's file name, or `probe`. */
  readonly file: string;
  /** Of its weights. */
  readonly sizeBytes: number;
  readonly prefill: number;
  readonly decode: number;
  /** Of the GPU that it ran on, total; absent on a CPU. */
  readonly videoMemoryBytes?: number | undefined;
}

/** A person has a few models; what is older than so many others is forgotten. */
const MAX_RECORDS = 40;
const VERSION = 1;

const positive = z.number().check(z.positive());
const recordsFile = z.object({
  version: z.literal(VERSION),
  records: z.array(
    z.object({
      machine: z.string(),
      file: z.string(),
      sizeBytes: positive,
      prefill: positive,
      decode: positive,
      videoMemoryBytes: z.optional(positive),
    }),
  ),
});

/** Measured speeds, remembered in a file of their own. One that is damaged counts as none. */
export class SpeedRecords {
  constructor(private readonly path: () => string) {}

  async all(): Promise<readonly SpeedRecord[]> {
    return (await readRemembered(this.path(), recordsFile))?.records ?? [];
  }

  /** In place of an older one of the same file and machine. Without a place to write, it is only measured again. */
  async add(record: SpeedRecord): Promise<void> {
    const others = (await this.all()).filter(
      ({ machine, file }) => machine !== record.machine || file !== record.file,
    );
    const records = [record, ...others].slice(0, MAX_RECORDS);
    await writeRemembered(this.path(), { version: VERSION, records });
  }
}
