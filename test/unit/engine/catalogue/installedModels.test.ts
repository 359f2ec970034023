import assert from 'node:assert/strict';
import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { InstalledModels } from '../../../../src/engine/catalogue/installedModels.js';
import { encodeGguf } from '../../../../src/engine/model/gguf/ggufWriter.js';
import { partName, splitGguf } from '../../../fixtures/gguf/splitModel.js';
import { validModel } from '../../../fixtures/gguf/damagedModels.js';
import { failure } from './support/downloads.js';
import { BYTES, CATALOGUE, OTHER, SMALL } from './support/sampleCatalogue.js';
import { temporaryFolder } from './support/temporaryFolder.js';

describe('installed models', () => {
  const folder = temporaryFolder();
  let models: InstalledModels;
  const path = (name: string): string => join(folder(), name);

  beforeEach(() => {
    models = new InstalledModels(CATALOGUE, folder);
  });

  describe('installed models, by catalogue id', () => {
    it('are found when their file is complete', async () => {
      await writeFile(path('small.gguf'), BYTES);
      assert.deepEqual(await models.find('small'), { id: 'small', path: path('small.gguf') });
    });

    it('are not installed without a file, or with a partial one', async () => {
      const missing = { kind: 'modelNotInstalled', id: 'small' };
      assert.deepEqual(await failure(models.find('small')), missing);
      await writeFile(path('small.gguf.partial'), BYTES);
      assert.deepEqual(await failure(models.find('small')), missing);
    });

    it('are truncated when the file is', async () => {
      await writeFile(path('small.gguf'), BYTES.subarray(0, 5_000));
      assert.deepEqual(await failure(models.find('small')), {
        kind: 'truncated',
        path: path('small.gguf'),
        expectedBytes: 10_000,
        actualBytes: 5_000,
      });
    });

    for (const [found, content] of [
      ['webPage', '<!DOCTYPE html><html><body>404</body></html>'],
      ['pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:1d96\nsize 10000\n'],
      ['message', '{"error":"Access denied"}'.padEnd(10_000)],
      ['empty', ''],
    ] as const)
      it(`are named for what lies in their place: ${found}`, async () => {
        await writeFile(path('small.gguf'), content);
        assert.deepEqual(await failure(models.find('small')), {
          kind: 'notGguf',
          path: path('small.gguf'),
          found,
        });
      });

    it('are damaged when the bytes differ', async () => {
      await writeFile(path('small.gguf'), OTHER);
      assert.equal((await failure(models.find('small'))).kind, 'damaged');
      await writeFile(path('small.gguf'), Buffer.concat([BYTES, BYTES]));
      assert.equal((await failure(models.find('small'))).kind, 'damaged');
    });

    it('are hashed once, and again when the file has changed', async () => {
      await writeFile(path('small.gguf'), BYTES);
      await models.find('small');
      // Different bytes with a matching record: while they go unnoticed, the file wasn't read.
      const { atime, mtime } = await stat(path('small.gguf'));
      await writeFile(path('small.gguf'), OTHER);
      await utimes(path('small.gguf'), atime, mtime);
      const { mtimeMs } = await stat(path('small.gguf'));
      await writeFile(
        path('small.gguf.verified.json'),
        JSON.stringify({ sizeBytes: 10_000, mtimeMs, sha256: SMALL.sha256 }),
      );
      await models.find('small');
      await utimes(path('small.gguf'), atime, new Date(mtime.getTime() + 5_000));
      assert.equal((await failure(models.find('small'))).kind, 'damaged');
    });

    it('are hashed again when the record is damaged', async () => {
      await writeFile(path('small.gguf'), BYTES);
      for (const record of ['', '{', 'null', '[]', '{"sizeBytes":10000}']) {
        await writeFile(path('small.gguf.verified.json'), record);
        assert.equal((await models.find('small')).id, 'small');
      }
    });

    it('are checked by their header when no hash is known', async () => {
      await writeFile(path('unknown.gguf'), 'not a model');
      assert.equal((await failure(models.find('unknown'))).kind, 'notGguf');
      await writeFile(path('unknown.gguf'), encodeGguf(validModel()));
      assert.equal((await models.find('unknown')).id, 'unknown');
    });
  });

  describe('installed models, by path', () => {
    it('are found with the file’s name as id', async () => {
      await mkdir(path('elsewhere'));
      await writeFile(path('elsewhere/My Model.GGUF'), 'x');
      const found = { id: 'My Model', path: path('elsewhere/My Model.GGUF') };
      assert.deepEqual(await models.find(found.path), found);
      assert.deepEqual(await models.find(relative(process.cwd(), found.path)), found);
    });

    it('are found below ~', async () => {
      const home = process.env['HOME'];
      process.env['HOME'] = folder();
      try {
        await writeFile(path('own.gguf'), 'x');
        assert.deepEqual(await models.find('~/own.gguf'), { id: 'own', path: path('own.gguf') });
      } finally {
        process.env['HOME'] = home;
      }
    });

    it('keep the catalogue id of a catalogue model', async () => {
      await writeFile(path('small.gguf'), BYTES);
      assert.equal((await models.find(path('small.gguf'))).id, 'small');
    });

    it('are missing when there is no file', async () => {
      for (const name of ['/nowhere/x.gguf', './x.gguf', 'x.gguf'])
        assert.equal((await failure(models.find(name))).kind, 'modelMissing', name);
      await writeFile(path('file'), '');
      assert.equal((await failure(models.find(path('file/x.gguf')))).kind, 'modelMissing');
    });

    it('are unreadable when the path is a folder', async () => {
      await mkdir(path('folder.gguf'));
      assert.deepEqual(await failure(models.find(path('folder.gguf'))), {
        kind: 'modelUnreadable',
        path: path('folder.gguf'),
        code: 'EISDIR',
      });
    });
  });

  describe('the user’s own models in the folder', () => {
    it('are found by file name, with or without extension', async () => {
      await writeFile(path('own.gguf'), 'x');
      const own = { id: 'own', path: path('own.gguf') };
      assert.deepEqual(await models.find('own'), own);
      assert.deepEqual(await models.find('own.gguf'), own);
    });

    it('are listed after the catalogue models', async () => {
      await writeFile(path('own.gguf'), 'x');
      const last = (await models.list()).at(-1);
      assert.equal(last?.id, 'own');
      assert.ok(last.isInstalled);
      assert.equal(last.path, path('own.gguf'));
    });

    it('exclude folders, partial files and later parts of a split model', async () => {
      await mkdir(path('folder.gguf'));
      for (const name of ['a.gguf.partial', 'b.txt', 'm-00002-of-00002.gguf', 'm-00001-of-00002.gguf'])
        await writeFile(path(name), 'x');
      const own = (await models.list()).slice(CATALOGUE.models.length).map(({ id }) => id);
      assert.deepEqual(own, ['m-00001-of-00002']);
    });

    it('count the bytes of all parts of a split model, and lose them together', async () => {
      const names = [1, 2].map((number) => partName('m', number, 2));
      for (const [index, bytes] of splitGguf(validModel(), 2).entries())
        await writeFile(path(names[index] ?? ''), bytes);
      const [own] = (await models.list()).slice(CATALOGUE.models.length);
      const sizes = await Promise.all(names.map(async (name) => (await stat(path(name))).size));
      assert.equal(
        own?.sizeBytes,
        sizes.reduce((sum, size) => sum + size, 0),
      );
      await models.remove('m-00001-of-00002');
      assert.deepEqual(await readdir(folder()), []);
    });

    it('can’t be named by anything else', async () => {
      assert.deepEqual(await failure(models.find('nothing')), { kind: 'unknownModel', name: 'nothing' });
    });
  });

  describe('installed models, in the list', () => {
    it('show which are installed, and the downloaded bytes of the others', async () => {
      await writeFile(path('small.gguf'), BYTES);
      await writeFile(path('large.gguf.partial'), OTHER.subarray(0, 1_234));
      const [small, large] = await models.list();
      assert.deepEqual([small?.isInstalled, small?.path], [true, path('small.gguf')]);
      assert.deepEqual([large?.isInstalled, large?.path, large?.partialBytes], [false, undefined, 1_234]);
    });

    it('have what the catalogue says of a model, and nothing where it says nothing', async () => {
      const facts = { contextTokens: 4096, purpose: 'Chat.', measured: '49 %.', isMemoryEstimated: true };
      const [known = SMALL, ...others] = CATALOGUE.models;
      const listed = await new InstalledModels(
        { ...CATALOGUE, models: [{ ...known, ...facts }, ...others] },
        folder,
      ).list();
      for (const [key, value] of Object.entries(facts)) {
        assert.equal(listed[0]?.[key as keyof typeof facts], value);
        assert.equal(key in (listed[1] ?? {}), false);
      }
    });

    it('have the size of the file when the catalogue has none', async () => {
      const sizeOf = async (): Promise<number | undefined> =>
        (await models.list()).find(({ id }) => id === 'unknown')?.sizeBytes;
      assert.equal(await sizeOf(), 0);
      const bytes = encodeGguf(validModel());
      await writeFile(path('unknown.gguf'), bytes);
      assert.equal(await sizeOf(), bytes.length);
    });
  });
});
