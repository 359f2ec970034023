import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workspace } from '../../../../../src/engine/completion/context/workspace.js';

describe('the project around a file that lies in no opened folder', () => {
  for (const marker of ['package.json', 'Gemfile', '.rspec', 'composer.json', 'pytest.ini', 'Shop.sln'])
    it(`begins where ${marker} is`, async () => {
      const top = await mkdtemp(join(tmpdir(), 'youtu-test-'));
      try {
        await mkdir(join(top, 'a/b'), { recursive: true });
        await writeFile(join(top, marker), '');
        assert.equal(await new Workspace().rootOf(join(top, 'a/b/file.txt')), top);
      } finally {
        await rm(top, { recursive: true });
      }
    });
});
