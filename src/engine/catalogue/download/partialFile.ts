import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { freeBytesIn } from './diskSpace.js';
import { folderError } from './folderError.js';

/**
 * The file that a download grows. It is always a prefix of the model's file, so that any source can go on where
 * another stopped; its name keeps it from being taken for a model.
 */
export class PartialFile {
  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    private length: number,
  ) {}

  static async open(path: string): Promise<PartialFile> {
    try {
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
      } catch (error) {
        throw await this.diskError(error, rest.length);
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
      throw await this.diskError(error, 0);
    }
  }

  /** Everything on the disk: what is renamed to a model's name must survive a power cut. */
  async sync(): Promise<void> {
    try {
      await this.handle.sync();
    } catch (error) {
      throw await this.diskError(error, 0);
    }
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async diskError(error: unknown, neededBytes: number): Promise<Error> {
    const folder = dirname(this.path);
    return folderError(folder, error, { neededBytes, freeBytes: await freeBytesIn(folder) });
  }
}
