import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addModelFile } from '../../../../src/engine/catalogue/addModelFile.js';
import { checkGguf } from '../../../../src/engine/model/gguf/ggufCheck.js';
import { validModel } from '../../../fixtures/gguf/damagedModels.js';
import { encodeGguf } from '../../../../src/engine/model/gguf/ggufWriter.js';
import { u32 } from '../../../../src/engine/model/gguf/ggufMetadata.js';
import { partName, splitGguf } from '../../../fixtures/gguf/splitModel.js';
import { failure } from './support/downloads.js';
import { temporaryFolder } from './support/temporaryFolder.js';

const MODEL = encodeGguf(validModel());
const { signal } = new AbortController();

describe('adding a GGUF to the models', () => {
  const folder = temporaryFolder();
  const path = (name: string): string => join(folder(), name);

  beforeEach(async () => {
    await mkdir(path('from'));
    await writeFile(path('from/own.gguf'), MODEL);
  });

  it('adds it to the folder under its name, and keeps the original', async () => {
    const added = await addModelFile(path('from/own.gguf'), path('models'), signal);
    assert.deepEqual(added, { id: 'own', path: path('models/own.gguf') });
    assert.ok(MODEL.equals(await readFile(added.path)));
    assert.ok(MODEL.equals(await readFile(path('from/own.gguf'))));
    assert.deepEqual(await readdir(path('models')), ['own.gguf']);
  });

  it('uses no space for a second name of the same file', async () => {
    const added = await addModelFile(path('from/own.gguf'), path('models'), signal);
    assert.equal((await stat(added.path)).ino, (await stat(path('from/own.gguf'))).ino);
  });

  it('does nothing the second time', async () => {
    const first = await addModelFile(path('from/own.gguf'), path('models'), signal);
    assert.deepEqual(await addModelFile(path('from/own.gguf'), path('models'), signal), first);
    assert.deepEqual(await addModelFile(first.path, path('models'), signal), first);
    assert.deepEqual(await readdir(path('models')), ['own.gguf']);
  });

  it('keeps another file of the same name', async () => {
    await mkdir(path('models'));
    await writeFile(path('models/own.gguf'), 'precious');
    const added = await addModelFile(path('from/own.gguf'), path('models'), signal);
    assert.equal(added.id, 'own-2');
    assert.equal(await readFile(path('models/own.gguf'), 'utf8'), 'precious');
  });

  it('gives each a name of its own when several of one name are added at once', async () => {
    const models = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => {
        const bytes = encodeGguf({
          ...validModel(),
          metadata: { ...validModel().metadata, 'general.seed': u32(index) },
        });
        await mkdir(path(`from-${index}`));
        await writeFile(path(`from-${index}/own.gguf`), bytes);
        return bytes;
      }),
    );
    const added = await Promise.all(
      models.map((_, index) => addModelFile(path(`from-${index}/own.gguf`), path('models'), signal)),
    );
    assert.deepEqual(added.map(({ id }) => id).sort(), ['own', 'own-2', 'own-3', 'own-4']);
    for (const [index, model] of added.entries())
      assert.ok(models[index]?.equals(await readFile(model.path)), model.id);
    assert.equal((await readdir(path('models'))).length, 4);
  });

  it('recognises a copy of the same bytes', async () => {
    await mkdir(path('models'));
    await writeFile(path('models/own.gguf'), MODEL);
    assert.equal((await addModelFile(path('from/own.gguf'), path('models'), signal)).id, 'own');
    assert.deepEqual(await readdir(path('models')), ['own.gguf']);
  });

  it('removes what a killed copy left, and no copy that is being made', async () => {
    await mkdir(path('models'));
    for (const name of ['left.gguf.x.adding', 'busy.gguf.y.adding'])
      await writeFile(path(`models/${name}`), 'x');
    await utimes(path('models/left.gguf.x.adding'), 1, 1);
    await addModelFile(path('from/own.gguf'), path('models'), signal);
    assert.deepEqual((await readdir(path('models'))).sort(), ['busy.gguf.y.adding', 'own.gguf']);
  });

  describe('adding a split GGUF to the models', () => {
    const parts = splitGguf(validModel(), 2);
    const write = (folderName: string, files = parts): Promise<unknown> =>
      mkdir(path(folderName)).then(() =>
        Promise.all(
          files.map((bytes, index) => writeFile(path(`${folderName}/${partName('m', index + 1, 2)}`), bytes)),
        ),
      );

    it('adds all parts, also from the links that a hub’s cache has', async () => {
      await write('blobs');
      await mkdir(path('snapshot'));
      for (const number of [1, 2])
        await symlink(
          path(`blobs/${partName('m', number, 2)}`),
          path(`snapshot/${partName('m', number, 2)}`),
        );
      const added = await addModelFile(path(`snapshot/${partName('m', 1, 2)}`), path('models'), signal);
      assert.equal(added.id, 'm-00001-of-00002');
      for (const number of [1, 2])
        assert.ok(parts[number - 1]?.equals(await readFile(path(`models/${partName('m', number, 2)}`))));
    });

    it('adds nothing of it when a part is missing', async () => {
      await write('split', parts.slice(0, 1));
      const data = await failure(addModelFile(path(`split/${partName('m', 1, 2)}`), path('models'), signal));
      assert.equal(data.kind, 'partMissing');
      await assert.rejects(readdir(path('models')), { code: 'ENOENT' });
    });

    it('keeps the parts of another model together under a new name', async () => {
      await write('split');
      await mkdir(path('models'));
      await writeFile(path(`models/${partName('m', 1, 2)}`), 'precious');
      const added = await addModelFile(path(`split/${partName('m', 1, 2)}`), path('models'), signal);
      assert.equal(added.path, path(`models/${partName('m-2', 1, 2)}`));
      assert.deepEqual((await readdir(path('models'))).sort(), [
        partName('m', 1, 2),
        partName('m-2', 1, 2),
        partName('m-2', 2, 2),
      ]);
      assert.equal(
        (await checkGguf(added.path)).sizeBytes,
        parts.reduce((sum, { length }) => sum + length, 0),
      );
    });
  });

  it('rejects an incomplete GGUF', async () => {
    await writeFile(path('from/half.gguf'), MODEL.subarray(0, MODEL.length / 2));
    const data = await failure(addModelFile(path('from/half.gguf'), path('models'), signal));
    assert.equal(data.kind, 'truncated');
    await writeFile(path('from/text.gguf'), 'text');
    assert.equal(
      (await failure(addModelFile(path('from/text.gguf'), path('models'), signal))).kind,
      'notGguf',
    );
  });

  it('reports a folder that isn’t writable', async () => {
    await writeFile(path('file'), '');
    const data = await failure(addModelFile(path('from/own.gguf'), path('file'), signal));
    assert.equal(data.kind, 'folderNotWritable');
  });
});
