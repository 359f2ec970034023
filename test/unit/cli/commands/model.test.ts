import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext } from '../../../../src/cli/commandContext.js';
import { runCli } from '../../../../src/cli/runCli.js';
import type { Catalogue } from '../../../../src/engine/catalogue/catalogue.js';
import type { ModelEntry } from '../../../../src/protocol/model.js';
import { validModel } from '../../../fixtures/gguf/damagedModels.js';
import { encodeGguf } from '../../../../src/engine/model/gguf/ggufWriter.js';
import { HubServer } from '../../engine/catalogue/support/hubServer.js';
import { sampleBytes, sampleModel, unknownModel } from '../../engine/catalogue/support/sampleModel.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';
import { FakeTerminal } from '../support/fakeTerminal.js';

const BYTES = sampleBytes(3_000_000);
const FREE = sampleModel(BYTES);
const LICENSED = {
  ...FREE,
  id: 'licensed',
  fileName: 'licensed.gguf',
  licence: { name: 'Own licence', url: 'https://example.org/own', mustAccept: true },
};
const UNVERIFIED = { ...unknownModel(BYTES), id: 'unverified', fileName: 'unverified.gguf' };
const CATALOGUE: Catalogue = {
  models: [FREE, LICENSED, UNVERIFIED],
  preference: { chat: ['sample', 'licensed'], completion: ['sample', 'licensed'] },
};

describe('youtu model', () => {
  const folder = temporaryFolder();
  let hub: HubServer;
  let terminal: FakeTerminal;
  let controller: AbortController;
  const path = (name: string): string => join(folder(), name);
  const run = (...args: string[]): Promise<number> =>
    runCli(['model', ...args], createContext(terminal, controller.signal, folder(), CATALOGUE), '1.2.3');
  const get = (id: string, ...args: string[]): Promise<number> =>
    run('get', id, '--source', hub.url, ...args);

  beforeEach(async () => {
    hub = await HubServer.start(BYTES);
    terminal = new FakeTerminal();
    controller = new AbortController();
  });
  afterEach(() => hub.close());

  describe('get', () => {
    it('prints the licence and progress to stderr, and only the path to stdout', async () => {
      assert.equal(await get('sample'), 0);
      assert.equal(terminal.results, `${path('sample.gguf')}\n`);
      const lines = terminal.notes.trimEnd().split('\n');
      assert.deepEqual(lines.slice(0, 2), [
        'Sample, 3 MB',
        'Licence: Apache-2.0, https://example.org/licence',
      ]);
      const tenths = lines.slice(2, -2);
      assert.ok(tenths.length <= 11 && tenths.length > 1, terminal.notes);
      assert.equal(tenths.at(-1), `100% of 3 MB from ${hub.url}`);
      assert.equal(lines.at(-2), 'verifying SHA-256');
      assert.equal(lines.at(-1), `sample is installed, from ${hub.url} (3 MB)`);
    });

    it('says before the download that a file of unknown hash is unverified', async () => {
      assert.equal(await get('unverified'), 0);
      const [, , said = '', next = ''] = terminal.notes.split('\n');
      assert.match(said, /^Unverified: .*SHA-256.*two download sources/);
      assert.match(next, /^\d+% of/);
    });

    it('reports an installed model without requesting any source', async () => {
      await writeFile(path('sample.gguf'), BYTES);
      assert.equal(await get('sample'), 0);
      assert.equal(terminal.notes, 'sample is already installed (3 MB)\n');
      assert.deepEqual(hub.ranges, []);
    });

    it('draws a progress bar in a terminal, and clears it', async () => {
      terminal = new FakeTerminal(true);
      assert.equal(await get('sample'), 0);
      assert.match(terminal.notes, /\r\[[#.]+\] +\d+% +\d+ (?:MB|bytes) of 3 MB/);
      assert.match(terminal.notes, /\r\u001b\[Ksample is installed/);
    });

    it('prints one JSON document with --json', async () => {
      assert.equal(await get('sample', '--json'), 0);
      assert.deepEqual(JSON.parse(terminal.results), {
        id: 'sample',
        path: path('sample.gguf'),
        sizeBytes: BYTES.length,
        source: hub.url,
      });
    });

    it('lists the attempts and what to do when every source fails', async () => {
      hub.behaviour = { kind: 'status', status: 404 };
      assert.equal(await run('get', 'sample', '--source', hub.url, '--source', 'nowhere'), 1);
      assert.equal(terminal.results, '');
      assert.match(
        terminal.notes,
        /doesn’t have it: http:\/\/127\S+\/owner\/sample\/resolve\/main\/sample\.gguf/,
      );
      assert.match(terminal.notes, /nowhere isn’t a known source/);
      assert.match(terminal.notes, /youtu model add PATH/);
    });

    it('prints the error’s data with --json', async () => {
      hub.behaviour = { kind: 'status', status: 404 };
      assert.equal(await get('sample', '--json'), 1);
      const { error } = JSON.parse(terminal.results) as { error: { kind: string; attempts: unknown[] } };
      assert.equal(error.kind, 'downloadFailed');
      assert.equal(error.attempts.length, 1);
    });

    it('reports an unknown id', async () => {
      assert.equal(await get('nothing'), 1);
      assert.match(terminal.notes, /"nothing" is neither a model in the catalogue nor a GGUF file/);
    });

    it('exits with 130 when interrupted, and says that it can be resumed', async () => {
      hub.behaviour = { kind: 'stall', after: 1_000_000 };
      const waiting = get('sample');
      while (!terminal.notes.includes('30%')) await new Promise((resolve) => setTimeout(resolve, 10));
      controller.abort();
      assert.equal(await waiting, 130);
      assert.match(terminal.notes, /Stopped\. The partial download is kept/);
      assert.equal((await readFile(path('sample.gguf.partial'))).length, 1_000_000);
    });
  });

  describe('get of a model with its own licence', () => {
    it('fails without a terminal, and names the licence and the flag', async () => {
      assert.equal(await get('licensed'), 1);
      assert.match(terminal.notes, /Own licence, https:\/\/example\.org\/own/);
      assert.match(terminal.notes, /--accept-licence/);
      assert.ok(!existsSync(path('licensed.gguf')));
    });

    it('continues with --accept-licence', async () => {
      assert.equal(await get('licensed', '--accept-licence'), 0);
    });

    for (const answer of ['y', 'Yes ']) {
      it(`continues after “${answer}”`, async () => {
        terminal = new FakeTerminal(false, [answer]);
        assert.equal(await get('licensed'), 0);
        assert.equal(terminal.questions.length, 1);
      });
    }

    for (const answer of ['', 'n', 'yet another time']) {
      it(`downloads nothing after “${answer}”`, async () => {
        terminal = new FakeTerminal(false, [answer]);
        assert.equal(await get('licensed'), 1);
        assert.deepEqual(hub.ranges, []);
      });
    }
  });

  describe('list', () => {
    it('shows each model’s state', async () => {
      await writeFile(path('sample.gguf'), BYTES);
      await writeFile(path('licensed.gguf.partial'), BYTES.subarray(0, 1_000_000));
      assert.equal(await run('list'), 0);
      assert.match(terminal.results, /^sample +installed +3 MB/m);
      assert.match(terminal.results, /^licensed +1 MB downloaded +3 MB/m);
    });

    it('prints one JSON document with --json, before or after the command', async () => {
      for (const args of [
        ['list', '--json'],
        ['--json', 'list'],
      ]) {
        terminal = new FakeTerminal();
        assert.equal(await run(...args), 0);
        const document = JSON.parse(terminal.results) as { folder: string; models: ModelEntry[] };
        assert.equal(document.folder, folder());
        assert.deepEqual(
          document.models.map(({ id }) => id),
          ['sample', 'licensed', 'unverified'],
        );
      }
    });
  });

  describe('youtu model with a local file', () => {
    beforeEach(() => writeFile(path('elsewhere.bin'), encodeGguf(validModel())));

    it('checks it', async () => {
      assert.equal(await run('check', path('elsewhere.bin')), 0);
      assert.match(terminal.results, /architecture +llama\n/);
      assert.match(terminal.results, /context +4096 tokens\n/);
    });

    it('reports why it can’t be used', async () => {
      const sound = await readFile(path('elsewhere.bin'));
      const cases: readonly (readonly [Buffer, RegExp])[] = [
        [Buffer.from('text'), /is not a GGUF file/],
        [Buffer.alloc(0), /bad\.gguf is empty\. Download it again/],
        [sound.subarray(0, -1), /is incomplete: it has 188,959 bytes and needs at least 188,960 bytes/],
      ];
      for (const [bytes, sentence] of cases) {
        await writeFile(path('bad.gguf'), bytes);
        assert.equal(await run('check', path('bad.gguf')), 1);
        assert.match(terminal.notes, sentence);
      }
      assert.equal(await run('check', path('nothing.gguf')), 1);
      assert.match(terminal.notes, /File not found: \S+nothing\.gguf/);
      assert.equal(await run('check', folder()), 1);
      assert.match(terminal.notes, /is not a file/);
    });

    it('adds, lists and removes it', async () => {
      assert.equal(await run('add', path('elsewhere.bin')), 0);
      assert.equal(terminal.results, `${path('elsewhere.bin.gguf')}\n`);
      terminal = new FakeTerminal();
      await run('list');
      assert.match(terminal.results, /^elsewhere\.bin +installed/m);
      assert.equal(await run('remove', 'elsewhere.bin'), 0);
      assert.ok(!existsSync(path('elsewhere.bin.gguf')));
      assert.ok(existsSync(path('elsewhere.bin')));
    });
  });

  describe('wrong usage', () => {
    for (const args of [['get'], ['got', 'x'], ['list', '--nonsense'], ['check'], []]) {
      it(`exits with 2 for “${args.join(' ')}”`, async () => {
        assert.equal(await run(...args), 2);
        assert.equal(terminal.results, '');
        assert.notEqual(terminal.notes, '');
      });
    }

    it('shows help on stdout, and the version', async () => {
      assert.equal(await run('--help'), 0);
      assert.match(terminal.results, /Usage: youtu model/);
      const context = createContext(terminal, controller.signal, folder(), CATALOGUE);
      terminal.results = '';
      assert.equal(await runCli(['--version'], context, '1.2.3'), 0);
      assert.equal(terminal.results, '1.2.3\n');
    });
  });
});
