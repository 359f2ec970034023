import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { access, constants, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../errors.js';

/**
 * Replaces the content of a file: after a crash, or on a full disk, the file has its old content or its new one. Mode
 * and owner stay, and so do other names of the same file (hard links).
 * @param path not that of a symbolic link, which would be replaced by a file
 * @throws InputError when the file's content isn't `oldBytes`; the system's error, naming the file
 */
export async function replaceFile(path: string, oldBytes: Buffer, newBytes: Buffer): Promise<void> {
  // Short, since the file's own name may be as long as a name can be.
  const temporary = join(dirname(path), `.youtu-${randomUUID()}.tmp`);
  try {
    // A new file could take the place of one that is read-only.
    await access(path, constants.W_OK);
    const canTakePlace = await writeTwin(temporary, newBytes, await stat(path));
    if (!oldBytes.equals(await readFile(path)))
      throw new InputError(`${path} was changed in the meantime, so it was not written. Try again.`);
    if (canTakePlace) {
      await rename(temporary, path);
      await syncFolder(dirname(path));
    } else await overwrite(path, oldBytes.length, newBytes);
  } catch (error) {
    // The temporary file's name would tell the user nothing.
    throw error instanceof Error && 'code' in error ? Object.assign(error, { path }) : error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * Writes a file with the owner and the mode of another.
 * @returns whether it can take the other's place: the owner could be kept, and the other has no second name
 */
async function writeTwin(path: string, bytes: Buffer, { mode, uid, gid, nlink }: Stats): Promise<boolean> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    const made = await handle.stat();
    const isOwner = made.uid === uid && made.gid === gid;
    // Only root can give a file to another user; everybody else is refused.
    const isOwned =
      isOwner ||
      (await handle.chown(uid, gid).then(
        () => true,
        () => false,
      ));
    // After the owner, whose change takes bits of the mode away; the umask has taken others.
    await handle.chmod(mode & 0o7777);
    await handle.sync();
    return isOwned && nlink === 1;
  } finally {
    await handle.close();
  }
}

/**
 * Writes into the file itself. What makes it longer comes first: if the disk is full, nothing else has changed yet.
 */
async function overwrite(path: string, oldLength: number, newBytes: Buffer): Promise<void> {
  const handle = await open(path, 'r+');
  const writeAt = async (start: number, end: number): Promise<void> => {
    for (let at = start; at < end;) at += (await handle.write(newBytes, at, end - at, at)).bytesWritten;
  };
  try {
    try {
      await writeAt(oldLength, newBytes.length);
    } catch (error) {
      await handle.truncate(oldLength);
      throw error;
    }
    await writeAt(0, Math.min(oldLength, newBytes.length));
    await handle.truncate(newBytes.length);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Only then is the rename on the disk. Not every system can do it for a folder; the file is complete without it too. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
