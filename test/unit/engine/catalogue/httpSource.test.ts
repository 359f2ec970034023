import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { download, failure, reasons, testHub } from './support/downloads.js';
import { HubServer } from './support/hubServer.js';
import { sampleBytes, sampleModel, unknownModel } from './support/sampleModel.js';
import { temporaryFolder } from './support/temporaryFolder.js';

const BYTES = sampleBytes(200_000);
const MODEL = sampleModel(BYTES);

describe('downloading from a hub', () => {
  const folder = temporaryFolder();
  let hub: HubServer;
  const partial = (): string => join(folder(), 'sample.gguf.partial');
  const fetch = (model = MODEL) => download(model, { folder: folder(), sources: [testHub('hub', hub.url)] });

  beforeEach(async () => {
    hub = await HubServer.start(BYTES);
  });
  afterEach(() => hub.close());

  it('follows the redirect to the storage, and leaves only the model and its record', async () => {
    const result = await fetch();
    assert.deepEqual(result, {
      path: join(folder(), 'sample.gguf'),
      sizeBytes: BYTES.length,
      source: 'hub',
    });
    assert.ok(BYTES.equals(await readFile(result.path)));
    assert.deepEqual((await readdir(folder())).sort(), ['sample.gguf', 'sample.gguf.verified.json']);
  });

  it('resumes an earlier download with a range', async () => {
    await writeFile(partial(), BYTES.subarray(0, 150_000));
    const result = await fetch();
    assert.deepEqual(hub.ranges, ['bytes=150000-']);
    assert.ok(BYTES.equals(await readFile(result.path)));
  });

  it('starts over when the server ignores the range', async () => {
    hub.behaviour = { kind: 'noRanges' };
    await writeFile(partial(), BYTES.subarray(0, 150_000));
    assert.ok(BYTES.equals(await readFile((await fetch()).path)));
    assert.equal(hub.ranges.length, 1);
  });

  it('only checks a partial file that is complete already', async () => {
    await writeFile(partial(), BYTES);
    assert.ok(BYTES.equals(await readFile((await fetch()).path)));
  });

  it('starts over when the partial file is longer than the model', async () => {
    await writeFile(partial(), Buffer.alloc(BYTES.length + 10));
    assert.ok(BYTES.equals(await readFile((await fetch()).path)));
  });

  it('reconnects after a dropped connection as long as bytes arrive', async () => {
    hub.behaviour = { kind: 'cut', after: 50_000 };
    assert.ok(BYTES.equals(await readFile((await fetch()).path)));
    assert.deepEqual(hub.ranges, [undefined, 'bytes=50000-', 'bytes=100000-', 'bytes=150000-']);
  });

  it('keeps the partial file when the connection drops too often', async () => {
    hub.behaviour = { kind: 'cut', after: 1_000 };
    assert.deepEqual(await reasons(fetch()), ['hub interrupted']);
    assert.ok(BYTES.subarray(0, 6_000).equals(await readFile(partial())));
    assert.deepEqual(await readdir(folder()), ['sample.gguf.partial']);
  });

  it('times out when a server stalls in the middle', async () => {
    hub.behaviour = { kind: 'stall', after: 0 };
    assert.deepEqual(await reasons(fetch()), ['hub timeout']);
  });

  it('times out when a server doesn’t respond', async () => {
    hub.behaviour = { kind: 'silent' };
    assert.deepEqual(await reasons(fetch()), ['hub timeout']);
  });

  for (const [status, reason] of [
    [401, 'forbidden'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [429, 'rateLimited'],
    [500, 'serverError'],
  ] as const) {
    it(`reports status ${status} as ${reason}`, async () => {
      hub.behaviour = { kind: 'status', status };
      assert.deepEqual(await reasons(fetch()), [`hub ${reason}`]);
      assert.deepEqual(await readdir(folder()), []);
    });
  }

  for (const [kind, reason] of [
    ['otherBytes', 'wrongHash'],
    ['otherHash', 'wrongHash'],
    ['otherLength', 'wrongSize'],
    ['noLength', 'wrongSize'],
    ['portal', 'wrongSize'],
    ['redirectsForever', 'serverError'],
  ] as const) {
    it(`keeps nothing of a server that has ${kind}`, async () => {
      hub.behaviour = { kind };
      assert.deepEqual(await reasons(fetch()), [`hub ${reason}`]);
      assert.deepEqual(await readdir(folder()), []);
    });
  }

  it('reports an unreachable host with the system’s message', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const sources = [testHub('hub', `http://127.0.0.1:${port}/`)];
    const data = await failure(download(MODEL, { folder: folder(), sources }));
    assert.equal(data.kind, 'downloadFailed');
    const [attempt] = data.attempts;
    assert.equal(attempt?.reason, 'unreachable');
    assert.equal(attempt.target, `http://127.0.0.1:${port}/owner/sample/resolve/main/sample.gguf`);
    assert.match(attempt.detail, /ECONNREFUSED/);
  });

  it('tries the next source, which resumes from the partial file', async () => {
    const mirror = await HubServer.start(BYTES);
    try {
      hub.behaviour = { kind: 'cut', after: 1_000 };
      const sources = [testHub('hub', hub.url), testHub('mirror', mirror.url)];
      const result = await download(MODEL, { folder: folder(), sources });
      assert.equal(result.source, 'mirror');
      assert.deepEqual(mirror.ranges, ['bytes=6000-']);
      assert.ok(BYTES.equals(await readFile(result.path)));
    } finally {
      await mirror.close();
    }
  });

  it('restarts a source from the beginning when the earlier bytes were wrong', async () => {
    await writeFile(partial(), Buffer.alloc(100_000, 1));
    assert.ok(BYTES.equals(await readFile((await fetch()).path)));
    assert.deepEqual(hub.ranges, ['bytes=100000-', undefined]);
  });

  describe('downloading a model of unknown size and hash', () => {
    const unknown = unknownModel(BYTES);

    it('checks the file against the hub’s hash', async () => {
      assert.ok(BYTES.equals(await readFile((await fetch(unknown)).path)));
    });

    it('rejects bytes that don’t match the hub’s hash', async () => {
      hub.behaviour = { kind: 'otherBytes' };
      assert.deepEqual(await reasons(fetch(unknown)), ['hub wrongHash']);
      assert.deepEqual(await readdir(folder()), []);
    });

    describe('downloading a model of unknown hash, with a second source', () => {
      let other: HubServer;
      beforeEach(async () => {
        other = await HubServer.start(BYTES);
      });
      afterEach(() => other.close());
      const fetchFromBoth = () =>
        download(unknown, {
          folder: folder(),
          sources: [testHub('hub', hub.url), testHub('other', other.url)],
        });

      it('takes the file when both name the same hash, from the first', async () => {
        assert.equal((await fetchFromBoth()).source, 'hub');
      });

      it('takes it from neither when they name different ones', async () => {
        hub.bytes = sampleBytes(200_000, 5);
        assert.deepEqual(await reasons(fetchFromBoth()), ['hub wrongHash', 'other wrongHash']);
        assert.deepEqual(await readdir(folder()), []);
      });

      it('takes it, unverified as announced, when the other one can’t be asked', async () => {
        for (const behaviour of [
          { kind: 'status', status: 404 },
          { kind: 'noHash' },
          { kind: 'silent' },
        ] as const) {
          other.behaviour = behaviour;
          assert.equal((await fetchFromBoth()).source, 'hub');
          await rm((await fetchFromBoth()).path);
        }
      });
    });

    it('downloads nothing from a server without a hash', async () => {
      hub.behaviour = { kind: 'noHash' };
      assert.deepEqual(await reasons(fetch(unknown)), ['hub wrongHash']);
      assert.deepEqual(hub.ranges, [undefined]);
      assert.deepEqual(await readdir(folder()), []);
    });

    it('resumes only its own partial file', async () => {
      hub.behaviour = { kind: 'cut', after: 20_000 };
      assert.deepEqual(await reasons(fetch(unknown)), ['hub interrupted']);
      hub.behaviour = { kind: 'sound' };
      hub.bytes = sampleBytes(200_000, 2);
      hub.ranges.length = 0;
      assert.ok(hub.bytes.equals(await readFile((await fetch(unknown)).path)));
      assert.deepEqual(hub.ranges, ['bytes=120000-', undefined]);
    });

    it('drops an unknown partial file', async () => {
      await writeFile(partial(), Buffer.alloc(100_000, 1));
      assert.ok(BYTES.equals(await readFile((await fetch(unknown)).path)));
      assert.deepEqual(hub.ranges, [undefined]);
    });
  });
});
