import { statfs } from 'node:fs/promises';

/** Bytes that this user can still write in `folder`; infinite where the system doesn't tell. */
export async function freeBytesIn(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
