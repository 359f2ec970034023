import { randomUUID } from 'node:crypto';
import { chmod, chown, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../errors.js';

const BYTE_ORDER_MARK = '\ufeff';

/** A text file to rewrite. Its bytes are kept, to detect that another program has changed it. */
export class SourceFile {
  private constructor(
    /** The target of a symbolic link. */
    readonly path: string,
    private readonly bytes: Buffer,
    /** Without the byte order mark. */
    readonly text: string,
    private readonly hasMark: boolean,
  ) {}

  /** @throws InputError when it isn't text; the system's error when it can't be read */
  static async read(name: string): Promise<SourceFile> {
    const path = await realpath(name);
    if (!(await stat(path)).isFile()) throw new InputError(`${name} is not a file.`);
    const bytes = await readFile(path);
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      const hasMark = text.startsWith(BYTE_ORDER_MARK);
      return new SourceFile(path, bytes, hasMark ? text.slice(1) : text, hasMark);
    } catch {
      throw new InputError(`${name} is not UTF-8 text.`);
    }
  }

  /**
   * Replaces the text atomically. Mode and owner stay.
   * @throws InputError when the file has changed since it was read
   */
  async write(text: string): Promise<void> {
    const { mode, uid, gid } = await stat(this.path);
    const temporary = join(dirname(this.path), `.${basename(this.path)}.${randomUUID()}.tmp`);
    try {
      await writeFile(temporary, this.hasMark ? BYTE_ORDER_MARK + text : text, { flag: 'wx', mode });
      // The umask has reduced the mode of the new file.
      await chmod(temporary, mode);
      // Keeps the owner when root writes the file; other users can't change it.
      await chown(temporary, uid, gid).catch(() => undefined);
      if (!this.bytes.equals(await readFile(this.path)))
        throw new InputError(`${this.path} was changed in the meantime, so it was not written. Try again.`);
      await rename(temporary, this.path);
    } finally {
      await rm(temporary, { force: true });
    }
  }
}
