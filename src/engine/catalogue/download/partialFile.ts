import { copyFile, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from '../../systemCode.js';
import { folderError } from '../modelsFolder.js';

/** Written to the disk at the latest after so many bytes, so that the end hasn't to wait for all of them. */
const UNSYNCED_BYTES = 64 * 1024 * 1024;

/**
 * The file that a download grows. It is always a prefix of the model's file, so that any source can continue
 * where another stopped; its name keeps it from being taken for a model.
 */
export class PartialFile {
  private unsynced = 0;

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    private length: number,
  ) {}

  /**
   * @param isShared whether another process may still have the file open: then this one gets a copy under its name, so
   * that the other writes into a file that has no name any more
   */
  static async open(path: string, isShared = false): Promise<PartialFile> {
    try {
      if (isShared) await replaceByCopy(path);
      else await rm(copyOf(path), { force: true });
      const handle = await open(path, 'a+');
      return new PartialFile(path, handle, (await handle.stat()).size);
    } catch (error) {
      throw folderError(dirname(path), error);
    }
  }

  get size(): number {
    return this.length;
  }

  /** @throws EngineError `noDiskSpace` or `folderNotWritable` */
  async append(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    while (rest.length > 0) {
      try {
        const { bytesWritten } = await this.handle.write(rest);
        this.length += bytesWritten;
        rest = rest.subarray(bytesWritten);
        this.unsynced += bytesWritten;
        if (this.unsynced > UNSYNCED_BYTES) await this.sync();
      } catch (error) {
        throw folderError(dirname(this.path), error);
      }
    }
  }

  /** Drops what lies after `bytes`. */
  async truncate(bytes: number): Promise<void> {
    if (bytes >= this.length) return;
    try {
      await this.handle.truncate(bytes);
      this.length = bytes;
    } catch (error) {
      throw folderError(dirname(this.path), error);
    }
  }

  /** Everything on the disk: what is renamed to a model's name must survive a power cut. */
  async sync(): Promise<void> {
    try {
      await this.handle.datasync();
      this.unsynced = 0;
    } catch (error) {
      throw folderError(dirname(this.path), error);
    }
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

function copyOf(path: string): string {
  return `${path}.copy`;
}

async function replaceByCopy(path: string): Promise<void> {
  const copy = copyOf(path);
  try {
    await copyFile(path, copy);
    await rename(copy, path);
  } catch (error) {
    // Without room for both, the download begins again.
    await rm(copy, { force: true });
    if (systemCode(error) !== 'ENOENT') await rm(path, { force: true });
  }
}
