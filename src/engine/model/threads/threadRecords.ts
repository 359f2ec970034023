import * as z from 'zod/mini';
import { readRemembered, writeRemembered } from '../../rememberedFile.js';
import type { ThreadCounts } from './threadCounts.js';

/** What a measurement is valid for: another processor, number of cores, llama.cpp or file needs one of its own. */
export interface ThreadRecordKey {
  readonly processor: string;
  readonly cores: number;
  /** Which llama.cpp: its release and platform. */
  readonly build: string;
  readonly file: string;
  readonly sizeBytes: number;
}

interface ThreadRecord extends ThreadRecordKey {
  readonly threads: ThreadCounts;
}

/** A person has a few models; what is older than so many others is measured again. */
const MAX_RECORDS = 40;

/** Of the way to measure and to choose: what another one has found is measured again. */
const VERSION = 1;

const count = z.int().check(z.positive());
const recordsFile = z.object({
  version: z.literal(VERSION),
  records: z.array(
    z.object({
      processor: z.string(),
      cores: z.number(),
      build: z.string(),
      file: z.string(),
      sizeBytes: z.number(),
      threads: z.object({ prefill: count, decode: count }),
    }),
  ),
});

/** Measured thread counts, remembered in a file of their own. One that is damaged counts as none. */
export class ThreadRecords {
  constructor(private readonly path: () => string) {}

  async find(key: ThreadRecordKey): Promise<ThreadCounts | undefined> {
    return (await this.read()).find((known) => isSame(known, key))?.threads;
  }

  /** Without a place to write, the counts are only measured again. */
  async add(key: ThreadRecordKey, threads: ThreadCounts): Promise<void> {
    const others = (await this.read()).filter((known) => !isSame(known, key));
    const records: readonly ThreadRecord[] = [{ ...key, threads }, ...others].slice(0, MAX_RECORDS);
    await writeRemembered(this.path(), { version: VERSION, records });
  }

  private async read(): Promise<readonly ThreadRecord[]> {
    return (await readRemembered(this.path(), recordsFile))?.records ?? [];
  }
}

function isSame(one: ThreadRecordKey, other: ThreadRecordKey): boolean {
  return (
    one.processor === other.processor &&
    one.cores === other.cores &&
    one.build === other.build &&
    one.file === other.file &&
    one.sizeBytes === other.sizeBytes
  );
}
