import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { InstalledModels } from '../../../../src/engine/catalogue/installedModels.js';
import { failure } from './support/downloads.js';
import { BYTES, CATALOGUE, OTHER } from './support/sampleCatalogue.js';
import { temporaryFolder } from './support/temporaryFolder.js';

describe('removing an installed model', () => {
  const folder = temporaryFolder();
  let models: InstalledModels;
  const path = (name: string): string => join(folder(), name);

  beforeEach(() => {
    models = new InstalledModels(CATALOGUE, folder);
  });

  it('removes all of its files, and nothing else', async () => {
    await writeFile(path('small.gguf'), BYTES);
    await models.find('small');
    await writeFile(path('small.gguf.partial'), 'x');
    await writeFile(path('large.gguf'), OTHER);
    await models.remove('small');
    assert.deepEqual(await readdir(folder()), ['large.gguf']);
  });

  it('removes the user’s own model, and of a link only the link', async () => {
    await mkdir(path('elsewhere'));
    await writeFile(path('elsewhere/original'), 'x');
    await symlink(path('elsewhere/original'), path('own.gguf'));
    await models.remove('own');
    assert.ok(!existsSync(path('own.gguf')));
    assert.ok(existsSync(path('elsewhere/original')));
  });

  it('fails for a missing model', async () => {
    assert.equal((await failure(models.remove('small'))).kind, 'modelNotInstalled');
    assert.equal((await failure(models.remove('nothing'))).kind, 'unknownModel');
  });

  it('rejects a path outside the folder', async () => {
    await mkdir(path('models'));
    await writeFile(path('outside.gguf'), 'x');
    const inner = new InstalledModels(CATALOGUE, () => path('models'));
    assert.equal((await failure(inner.remove('../outside'))).kind, 'unknownModel');
    assert.ok(existsSync(path('outside.gguf')));
  });

  it('fails while the model is being downloaded', async () => {
    await writeFile(path('small.gguf.partial'), 'x');
    const owner = { pid: process.ppid, host: hostname() };
    await writeFile(path('small.gguf.lock'), JSON.stringify(owner));
    assert.equal((await failure(models.remove('small'))).kind, 'downloadRunning');
    assert.ok(existsSync(path('small.gguf.partial')));
  });
});
