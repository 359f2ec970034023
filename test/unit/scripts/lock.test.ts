import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../../../scripts/tools/lock.mjs';

const HOUR_MS = 3_600_000;

describe('the lock of the setup', () => {
  let folder: string;
  let path: string;
  let lock: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'youtu-test-'));
    path = join(folder, 'work');
    lock = `${path}.lock`;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function leave(pid: string | undefined): void {
    mkdirSync(lock);
    if (pid !== undefined) writeFileSync(join(lock, 'pid'), pid);
  }

  const take = (now = Date.now()): Promise<string> =>
    withLock(path, () => Promise.resolve('done'), {
      now: () => now,
      wait: () => assert.fail('it waits for an owner that does not exist'),
    });

  it('is given back after the work, and after work that fails', async () => {
    assert.equal(await take(), 'done');
    await assert.rejects(
      withLock(path, () => Promise.reject(new Error('failed'))),
      /failed/,
    );
    assert.equal(existsSync(lock), false);
  });

  it('is taken over from a process that has died', async () => {
    leave(`${spawnSync(process.execPath, ['-e', '']).pid}`);
    assert.equal(await take(), 'done');
  });

  for (const [name, pid] of [
    ['no process number', undefined],
    ['an empty process number', ''],
    ['a damaged process number', 'x1'],
  ] as const)
    it(`is taken over when it has ${name} for long`, async () => {
      leave(pid);
      assert.equal(await take(Date.now() + HOUR_MS), 'done');
    });

  it('waits while another process takes it', async () => {
    leave(undefined);
    let waits = 0;
    const wait = (): Promise<void> => {
      if (++waits === 3) rmSync(lock, { recursive: true });
      return Promise.resolve();
    };
    assert.equal(await withLock(path, () => Promise.resolve('done'), { wait }), 'done');
    assert.equal(waits, 3);
  });

  it('tells once, after some seconds, which process it waits for and what to delete', async () => {
    leave(`${process.pid}`);
    const notices: string[] = [];
    let now = 0;
    const wait = (ms: number): Promise<void> => {
      now += ms;
      if (now > 60_000) rmSync(lock, { recursive: true });
      return Promise.resolve();
    };
    const notify = (text: string): void => void notices.push(text);
    await withLock(path, () => Promise.resolve(), { wait, now: () => now, notify });
    assert.equal(notices.length, 1);
    assert.match(notices[0] ?? '', new RegExp(`process ${process.pid}, .* delete .*work\\.lock`));
  });

  it('says that the folder can’t be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    await assert.rejects(
      withLock(join(folder, 'file', 'work'), () => Promise.resolve()),
      /EEXIST|ENOTDIR/,
    );
  });
});
