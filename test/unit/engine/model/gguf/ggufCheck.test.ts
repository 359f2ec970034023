import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkGguf } from '../../../../../src/engine/model/gguf/ggufCheck.js';
import { EngineError } from '../../../../../src/protocol/errors.js';
import { validModel } from '../../../../fixtures/gguf/damagedModels.js';
import { encodeGguf } from '../../../../../src/engine/model/gguf/ggufWriter.js';
import { u16, type MetadataValue } from '../../../../../src/engine/model/gguf/ggufMetadata.js';
import { failure } from '../../catalogue/support/downloads.js';
import { sampleBytes } from '../../catalogue/support/sampleModel.js';
import { temporaryFolder } from '../../catalogue/support/temporaryFolder.js';

const VALID = encodeGguf(validModel());
const UINT8 = 0;
const TEXT = 8;
const LIST = 9;

describe('the check of a GGUF header', () => {
  const folder = temporaryFolder();
  const path = (name = 'model.gguf'): string => join(folder(), name);

  it('returns the model’s metadata', async () => {
    await writeFile(path(), VALID);
    assert.deepEqual(await checkGguf(path()), {
      path: path(),
      architecture: 'llama',
      contextTokens: 4096,
      hasChatTemplate: true,
      sizeBytes: VALID.length,
    });
  });

  it('reports the actual and required size of a truncated file', async () => {
    await writeFile(path(), VALID.subarray(0, -100));
    assert.deepEqual(await failure(checkGguf(path())), {
      kind: 'truncated',
      path: path(),
      expectedBytes: VALID.length,
      actualBytes: VALID.length - 100,
    });
  });

  it('ends with a reason wherever the file is truncated', async () => {
    for (let length = 0; length < VALID.length; length += length < 8_000 ? 97 : 9_973) {
      await writeFile(path(), VALID.subarray(0, length));
      const { kind } = await failure(checkGguf(path()));
      assert.equal(kind, length === 0 ? 'notGguf' : 'truncated', `${length} bytes`);
    }
  });

  it('ends with a reason or a result wherever bytes are corrupt', async () => {
    const noise = sampleBytes(2_000, 7);
    for (let round = 0; round < 400; round++) {
      const bytes = Buffer.from(VALID.subarray(0, 12_000));
      for (let change = 0; change < 4; change++) {
        const at = noise.readUInt16LE((round * 4 + change) % 1_990) % 6_000;
        noise.copy(bytes, 4 + at, (round + change) % 1_000, ((round + change) % 1_000) + 1 + (change % 8));
      }
      await writeFile(path(), bytes);
      await truncate(path(), VALID.length);
      const result = await checkGguf(path()).catch((error: unknown) => error);
      const kind = result instanceof EngineError ? result.data.kind : 'sound';
      assert.ok(
        !(result instanceof Error) || result instanceof EngineError,
        `round ${round}: ${String(result)}`,
      );
      const expected = ['sound', 'damaged', 'truncated', 'unsupportedGguf'];
      assert.ok(expected.includes(kind), `round ${round}: ${kind}`);
    }
  });

  describe('the check of a malformed file of 8 GB', () => {
    const header = (...rest: Buffer[]): Buffer =>
      Buffer.concat([Buffer.from('GGUF'), number32(3), number64(1n), number64(1n), ...rest]);
    const key = Buffer.concat([number64(1n), Buffer.from('k')]);
    const cases = {
      'a text that is too long': header(number64(2n ** 32n)),
      'a value that is too long': header(key, number32(TEXT), number64(2n ** 32n)),
      'a list of too many numbers': header(key, number32(LIST), number32(UINT8), number64(2n ** 33n)),
      'a list of too many texts': header(key, number32(LIST), number32(TEXT), number64(2n ** 29n)),
      'lists in lists': header(
        key,
        number32(LIST),
        ...Array.from({ length: 9 }, () => Buffer.concat([number32(LIST), number64(1n)])),
      ),
      'too many keys': Buffer.concat([Buffer.from('GGUF'), number32(3), number64(1n), number64(70_000n)]),
      'too many tensors': Buffer.concat([
        Buffer.from('GGUF'),
        number32(3),
        number64(2_000_000n),
        number64(1n),
      ]),
    };
    for (const [title, bytes] of Object.entries(cases)) {
      it(`reads little of ${title}`, async () => {
        await writeFile(path(), bytes);
        await truncate(path(), 8 * 2 ** 30);
        const before = process.memoryUsage.rss();
        assert.equal((await failure(checkGguf(path()))).kind, 'damaged');
        assert.ok(process.memoryUsage.rss() - before < 300 * 2 ** 20);
      });
    }
  });

  it('accepts a whole number of any width where it stands for one', async () => {
    const seed: MetadataValue = { type: 'uint64', value: 2n ** 64n - 1n };
    const metadata = { ...validModel().metadata, 'general.seed': seed, 'llama.context_length': u16(512) };
    await writeFile(path(), encodeGguf({ ...validModel(), metadata }));
    assert.equal((await checkGguf(path())).contextTokens, 512);
  });

  it('opens no folder, and nothing that would block', async () => {
    await mkdir(path('folder.gguf'));
    assert.equal((await failure(checkGguf(path('folder.gguf')))).kind, 'modelUnreadable');
    if (process.platform !== 'win32') execFileSync('mkfifo', [path('pipe.gguf')]);
    else await mkdir(path('pipe.gguf'));
    assert.equal((await failure(checkGguf(path('pipe.gguf')))).kind, 'modelUnreadable');
  });

  it('reports a missing file', async () => {
    assert.deepEqual(await failure(checkGguf(path())), { kind: 'modelMissing', path: path() });
  });
});

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function number64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}
