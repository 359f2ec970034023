import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DownloadLock } from '../../../../src/engine/catalogue/download/downloadLock.js';
import { temporaryFolder } from './support/temporaryFolder.js';

describe('the lock of a download', () => {
  const folder = temporaryFolder();
  const path = (): string => join(folder(), 'model.gguf.lock');
  const locks: DownloadLock[] = [];
  let now = 0;
  afterEach(() => Promise.all(locks.splice(0).map((lock) => lock.release())));

  async function acquire(): Promise<DownloadLock | undefined> {
    const lock = await DownloadLock.acquire(path(), () => now);
    if (lock !== undefined) locks.push(lock);
    return lock;
  }
  const write = (owner: object): Promise<void> => writeFile(path(), JSON.stringify(owner));
  const age = (): Promise<void> => utimes(path(), 1, 1);

  it('is held by one of many that ask at once, and free again afterwards', async () => {
    for (let round = 0; round < 3; round++) {
      const asked = await Promise.all(Array.from({ length: 8 }, () => acquire()));
      const [held, ...others] = asked.filter((lock) => lock !== undefined);
      assert.deepEqual(others, []);
      await held?.release();
      assert.deepEqual(await readdir(folder()), []);
    }
  });

  it('is left to a living owner', async () => {
    await write({ pid: process.pid, host: hostname() });
    assert.equal(await acquire(), undefined);
    await write({ pid: 1, host: 'elsewhere', token: 'x' });
    assert.equal(await acquire(), undefined);
  });

  it('is taken over at once from a process that is gone, also when another has its number now', async () => {
    await write({ pid: 2 ** 22 + 1, host: hostname(), token: 'x' });
    assert.equal((await acquire())?.mayHaveRival, false);
    if (process.platform !== 'linux') return;
    await write({ pid: process.pid, host: hostname(), token: 'x', startedAt: 'another boot 1' });
    assert.equal((await acquire())?.mayHaveRival, false);
  });

  it('is taken over from an owner that doesn’t renew it, who may wake up again', async () => {
    const first = await acquire();
    assert.equal(await acquire(), undefined);
    await age();
    const second = await acquire();
    assert.equal(second?.mayHaveRival, true);
    now += 2_000;
    assert.deepEqual([await first?.isHeld(), await second.isHeld()], [false, true]);
    await first?.release();
    now += 2_000;
    assert.equal(await second.isHeld(), true);
    assert.match(await readFile(path(), 'utf8'), new RegExp(second.token));
  });

  it('is taken over by one of many that find it stale', async () => {
    for (let round = 0; round < 5; round++) {
      await write({ pid: process.pid, host: hostname() });
      await age();
      const taken = (await Promise.all(Array.from({ length: 8 }, () => acquire()))).filter(
        (lock) => lock !== undefined,
      );
      now += 2_000;
      const held = await Promise.all(taken.map((lock) => lock.isHeld()));
      assert.equal(held.filter(Boolean).length, 1);
      await Promise.all(taken.map((lock) => lock.release()));
    }
  });

  it('is taken over when it has no owner: an empty file, a folder, a time in the future', async () => {
    await writeFile(path(), '');
    await age();
    assert.ok(await acquire());
    await locks.splice(0)[0]?.release();
    await mkdir(path());
    await writeFile(join(path(), 'file'), '');
    await age();
    assert.ok(await acquire());
    await locks.splice(0)[0]?.release();
    await write({ pid: 1, host: 'elsewhere', token: 'x' });
    await utimes(path(), 4e9, 4e9);
    assert.ok(await acquire());
  });

  it('leaves nothing behind when it can’t be made', async () => {
    await assert.rejects(DownloadLock.acquire(join(folder(), 'missing', 'lock')), { code: 'ENOENT' });
    assert.deepEqual(await readdir(folder()), []);
  });
});
