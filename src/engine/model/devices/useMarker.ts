import { rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { GpuKind } from './deviceRecords.js';

const NAME = /^device-in-use-(\d+)\.json$/;

const markerFile = z.object({
  device: z.enum(['cuda', 'vulkan', 'metal']),
  key: z.string(),
  name: z.optional(z.string()),
  /** Milliseconds since 1970. */
  since: z.number(),
});

export interface DeviceUse {
  readonly device: GpuKind;
  readonly key: string;
  readonly name?: string | undefined;
}

/**
 * A file that is there while this process takes a GPU into use. One that is left by a process that has gone shows that
 * the GPU ended it. Not where the machine has started since: then everything ended.
 */
export class UseMarker {
  private readonly path: string;
  private readonly remove = (): void => rmSync(this.path, { force: true });

  constructor(
    private readonly folder: string,
    private readonly now: () => number = Date.now,
    private readonly bootedAt: () => number = () => Date.now() - uptime() * 1000,
  ) {
    this.path = join(folder, `device-in-use-${process.pid}.json`);
  }

  /** Runs what takes a GPU into use. An orderly end of the process removes the marker, too. */
  async during<T>(use: DeviceUse, work: () => Promise<T>): Promise<T> {
    const text = JSON.stringify({ ...use, since: this.now() });
    // Without a place to write, it works as it would without a marker.
    await mkdir(this.folder, { recursive: true }).catch(() => undefined);
    await writeFile(this.path, text).catch(() => undefined);
    process.once('exit', this.remove);
    try {
      return await work();
    } finally {
      process.off('exit', this.remove);
      await rm(this.path, { force: true }).catch(() => undefined);
    }
  }

  /** What ended processes before this one. Each is told once. */
  async takeLeft(): Promise<readonly DeviceUse[]> {
    const left: DeviceUse[] = [];
    for (const name of await readdir(this.folder).catch(() => [])) {
      const pid = Number(NAME.exec(name)?.[1] ?? 0);
      if (pid === 0 || pid === process.pid || isAlive(pid)) continue;
      const path = join(this.folder, name);
      const use = parse(await readFile(path, 'utf8').catch(() => ''));
      await rm(path, { force: true }).catch(() => undefined);
      if (use !== undefined && use.since >= this.bootedAt()) left.push(use);
    }
    return left;
  }
}

function parse(text: string): z.output<typeof markerFile> | undefined {
  try {
    return markerFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
