import assert from 'node:assert/strict';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InstalledModels } from '../../../../src/engine/catalogue/installedModels.js';
import { encodeGguf } from '../../../../src/engine/model/gguf/ggufWriter.js';
import { validModel } from '../../../fixtures/gguf/damagedModels.js';
import { asNobody } from '../../cli/support/asNobody.js';
import { failure } from './support/downloads.js';
import { BYTES, CATALOGUE, OTHER } from './support/sampleCatalogue.js';
import { temporaryFolder } from './support/temporaryFolder.js';

describe('installed models, by role', () => {
  const folder = temporaryFolder();
  let models: InstalledModels;
  const path = (name: string): string => join(folder(), name);

  beforeEach(() => {
    models = new InstalledModels(CATALOGUE, folder);
  });

  it('are the first intact model in order of preference', async () => {
    await writeFile(path('small.gguf'), BYTES);
    assert.equal((await models.best('completion'))?.id, 'small');
    await writeFile(path('large.gguf'), OTHER.subarray(1));
    assert.equal((await models.best('completion'))?.id, 'small');
    await writeFile(path('large.gguf'), OTHER);
    assert.equal((await models.best('completion'))?.id, 'large');
    await writeFile(path('unknown.gguf'), encodeGguf(validModel()));
    assert.equal((await models.best('completion'))?.id, 'large');
    assert.equal((await models.best('chat'))?.id, 'unknown');
  });

  it('are the user’s own model that can be used, whatever lies beside it', async () => {
    await writeFile(path('a-broken.gguf'), 'x');
    await writeFile(path('b-good.gguf'), encodeGguf(validModel()));
    assert.equal((await models.best('chat'))?.id, 'b-good');
    await writeFile(path('b-good.gguf'), 'x');
    await writeFile(path('a-broken.gguf'), encodeGguf(validModel()));
    assert.equal((await models.best('chat'))?.id, 'a-broken');
  });

  it('are the user’s own model when there is no other', async () => {
    assert.equal(await models.best('chat'), undefined);
    await writeFile(path('own.gguf'), encodeGguf(validModel()));
    assert.equal((await models.best('chat'))?.id, 'own');
  });

  it('are skipped with the reason when they can’t be used', async () => {
    await writeFile(path('large.gguf'), BYTES);
    await writeFile(path('a-page.gguf'), '<html>');
    await writeFile(path('b-good.gguf'), encodeGguf(validModel()));
    const best = await models.best('chat');
    assert.equal(best?.id, 'b-good');
    assert.deepEqual(
      best.skipped.map((data) => [data.kind, 'path' in data && data.path]),
      [
        ['damaged', path('large.gguf')],
        ['notGguf', path('a-page.gguf')],
      ],
    );
  });

  it('are used again once they may be read again', async () => {
    await writeFile(path('own.gguf'), encodeGguf(validModel()));
    await chmod(folder(), 0o755);
    await chmod(path('own.gguf'), 0o000);
    await asNobody(async () => {
      const unreadable = { kind: 'modelUnreadable', path: path('own.gguf'), code: 'EACCES' };
      assert.deepEqual(await failure(models.best('chat')), unreadable);
    });
    await chmod(path('own.gguf'), 0o644);
    await asNobody(async () => assert.equal((await models.best('chat'))?.id, 'own'));
  });

  it('are refused with the reason of the best one when none can be used', async () => {
    await writeFile(path('small.gguf'), OTHER);
    await writeFile(path('own.gguf'), '<html>');
    assert.deepEqual(await failure(models.best('chat')), {
      kind: 'damaged',
      path: path('small.gguf'),
      detail: 'SHA-256 differs',
    });
  });

  it('are undefined when the folder doesn’t exist', async () => {
    await rm(folder(), { recursive: true });
    assert.equal(await models.best('completion'), undefined);
    assert.equal((await models.list()).length, CATALOGUE.models.length);
  });
});
