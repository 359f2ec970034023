import assert from 'node:assert/strict';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkGguf } from '../../../../../src/engine/model/gguf/ggufCheck.js';
import { validModel } from '../../../../fixtures/gguf/damagedModels.js';
import { encodeGguf, type Gguf } from '../../../../../src/engine/model/gguf/ggufWriter.js';
import { u16, u32 } from '../../../../../src/engine/model/gguf/ggufMetadata.js';
import { partName, splitGguf } from '../../../../fixtures/gguf/splitModel.js';
import { failure } from '../../catalogue/support/downloads.js';
import { temporaryFolder } from '../../catalogue/support/temporaryFolder.js';

describe('the check of a split GGUF', () => {
  const folder = temporaryFolder();
  const path = (number: number, count = 3, base = 'm'): string =>
    join(folder(), partName(base, number, count));
  const parts = splitGguf(validModel(), 3);

  async function write(files: readonly Buffer[] = parts): Promise<void> {
    for (const [index, bytes] of files.entries()) await writeFile(path(index + 1, files.length), bytes);
  }

  it('counts all parts, whose later ones name no architecture', async () => {
    await write();
    const { architecture, sizeBytes } = await checkGguf(path(1));
    assert.equal(architecture, 'llama');
    assert.equal(
      sizeBytes,
      parts.reduce((sum, { length }) => sum + length, 0),
    );
  });

  it('accepts a first part without tensors', async () => {
    const files = splitGguf(validModel(), 3, true);
    await write(files);
    assert.equal(
      (await checkGguf(path(1))).sizeBytes,
      files.reduce((sum, { length }) => sum + length, 0),
    );
  });

  it('accepts counts of another width than llama.cpp’s', async () => {
    const metadata = { ...validModel().metadata, 'split.count': u32(1) };
    await writeFile(path(1, 1), encodeGguf({ ...validModel(), metadata }));
    assert.equal((await checkGguf(path(1, 1))).architecture, 'llama');
  });

  it('names all parts that are missing', async () => {
    await writeFile(path(1), parts[0] ?? '');
    assert.deepEqual(await failure(checkGguf(path(1))), {
      kind: 'partMissing',
      path: path(1),
      count: 3,
      missing: [path(2), path(3)],
    });
  });

  it('says of a later part which file comes first', async () => {
    await write();
    assert.deepEqual(await failure(checkGguf(path(2))), {
      kind: 'laterPart',
      path: path(2),
      number: 2,
      count: 3,
      first: path(1),
    });
    await rename(path(2), join(folder(), 'renamed.gguf'));
    const data = await failure(checkGguf(join(folder(), 'renamed.gguf')));
    assert.deepEqual(data, { kind: 'laterPart', path: join(folder(), 'renamed.gguf'), number: 2, count: 3 });
  });

  it('says how a first part must be called', async () => {
    for (const name of ['model.gguf', partName('model', 1, 2), 'model-00001.gguf']) {
      await writeFile(join(folder(), name), parts[0] ?? '');
      const data = await failure(checkGguf(join(folder(), name)));
      assert.equal(data.kind, 'partRenamed', name);
      assert.match('name' in data ? data.name : '', /-00001-of-00003\.gguf$/);
    }
  });

  it('says which part is truncated or of something else', async () => {
    await write();
    await writeFile(path(2), (parts[1] ?? Buffer.alloc(0)).subarray(0, -40));
    const truncated = await failure(checkGguf(path(1)));
    assert.deepEqual([truncated.kind, 'path' in truncated && truncated.path], ['truncated', path(2)]);
    for (const wrong of [parts[2], encodeGguf(validModel())]) {
      await writeFile(path(2), wrong ?? '');
      const data = await failure(checkGguf(path(1)));
      assert.deepEqual([data.kind, 'path' in data && data.path], ['damaged', path(2)]);
    }
  });

  it('notices a part of another model', async () => {
    await write();
    const other: Gguf = { ...validModel(), tensors: validModel().tensors.slice(0, 6) };
    await writeFile(path(3), splitGguf(other, 3)[2] ?? '');
    assert.equal((await failure(checkGguf(path(1)))).kind, 'damaged');
  });

  it('isn’t misled by a whole model whose name looks like a part', async () => {
    await writeFile(path(1), encodeGguf(validModel()));
    assert.equal((await checkGguf(path(1))).architecture, 'llama');
  });

  it('reports counts that no model has', async () => {
    for (const [number, count] of [
      [0, 60_000],
      [5, 3],
    ] as const) {
      const metadata = { ...validModel().metadata, 'split.no': u16(number), 'split.count': u16(count) };
      await writeFile(path(1), encodeGguf({ ...validModel(), metadata }));
      assert.equal((await failure(checkGguf(path(1)))).kind, 'damaged', `${number} of ${count}`);
    }
    await rm(path(1));
  });
});
