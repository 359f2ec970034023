import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext } from '../../../../src/cli/commandContext.js';
import { runCli } from '../../../../src/cli/runCli.js';
import { validModel } from '../../../fixtures/gguf/damagedModels.js';
import { encodeGguf } from '../../../../src/engine/model/gguf/ggufWriter.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';
import { asNobody } from '../support/asNobody.js';
import { FakeTerminal } from '../support/fakeTerminal.js';

describe('a read-only models folder', () => {
  const folder = temporaryFolder();

  it('is named by every command that writes to it, and the others work', async function () {
    if (process.platform === 'win32') this.skip();
    const models = join(folder(), 'models');
    const given = join(folder(), 'given.gguf');
    mkdirSync(models);
    for (const path of [given, join(models, 'own.gguf')]) {
      writeFileSync(path, encodeGguf(validModel()));
      chmodSync(path, 0o644);
    }
    chmodSync(folder(), 0o755);
    chmodSync(models, 0o555);
    const run = async (...args: string[]): Promise<[number, FakeTerminal]> => {
      const terminal = new FakeTerminal();
      const context = createContext(terminal, new AbortController().signal, models);
      return [await runCli(args, context, '1'), terminal];
    };
    await asNobody(async () => {
      for (const args of [
        ['get', 'qwen2.5-coder-0.5b'],
        ['add', given],
        ['remove', 'own'],
      ]) {
        const [status, { notes }] = await run('model', ...args);
        assert.equal(status, 1, args[0]);
        assert.match(notes, /The folder \/.*models isn't writable \(EACCES\)\. Set YOUTU_MODELS_FOLDER/);
      }
      const [status, { results }] = await run('model', 'list');
      assert.equal(status, 0);
      assert.match(results, /^own +installed/m);
    });
    assert.deepEqual(readdirSync(models), ['own.gguf']);
    chmodSync(models, 0o755);
  });
});
