import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addModelFile } from '../../../../src/engine/catalogue/addModelFile.js';
import { validModel } from '../../../fixtures/gguf/damagedModels.js';
import { encodeGguf } from '../../../fixtures/gguf/ggufWriter.js';
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
