import { randomUUID } from 'node:crypto';
import { chmod, chown, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, basename, join } from 'node:path';
import { InputError } from '../inputError.js';

const MARK = '\ufeff';

/** A text file that may be written anew: its bytes are remembered, so that nobody else's change gets lost. */
export class SourceFile {
  private constructor(
    /** The file itself, where the name is a link. */
    readonly path: string,
    private readonly bytes: Buffer,
    /** Without the mark that some editors put first. */
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
      const hasMark = text.startsWith(MARK);
      return new SourceFile(path, bytes, hasMark ? text.slice(1) : text, hasMark);
    } catch {
      throw new InputError(`${name} is not text in UTF-8.`);
    }
  }

  /**
   * Puts a new text into the file, all at once: a crash leaves the old one. Mode and owner stay.
   * @throws InputError when the file has changed since it was read
   */
  async write(text: string): Promise<void> {
    const { mode, uid, gid } = await stat(this.path);
    const temporary = join(dirname(this.path), `.${basename(this.path)}.${randomUUID()}.tmp`);
    try {
      await writeFile(temporary, this.hasMark ? MARK + text : text, { flag: 'wx', mode });
      // The mode that a file is made with is cut by the umask.
      await chmod(temporary, mode);
      // Only who may give files away can do it, and has to: root would take them over.
      await chown(temporary, uid, gid).catch(() => undefined);
      if (!this.bytes.equals(await readFile(this.path)))
        throw new InputError(`${this.path} was changed in the meantime, so it was not written. Try again.`);
      await rename(temporary, this.path);
    } finally {
      await rm(temporary, { force: true });
    }
  }
}
