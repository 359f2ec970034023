import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext } from '../../../../src/cli/commandContext.js';
import { runCli } from '../../../../src/cli/runCli.js';
import { encodeGguf } from '../../../../src/engine/model/gguf/ggufWriter.js';
import { validModel } from '../../../fixtures/gguf/damagedModels.js';
import { COMMIT, RepositoryServer } from '../../engine/catalogue/support/repositoryServer.js';
import { sampleBytes } from '../../engine/catalogue/support/sampleModel.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';
import { FakeTerminal } from '../support/fakeTerminal.js';

const GGUF = Buffer.from(encodeGguf(validModel()));
const NAME = 'hf:Owner/Repo/m-Q4_K_M.gguf';
const FILE = 'hf--Owner--Repo--m-Q4_K_M.gguf';
const NEWER = 'b'.repeat(40);
const VARIABLES = ['HF_ENDPOINT', 'HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN', 'HF_TOKEN_PATH', 'HF_HOME'] as const;

describe('youtu model with a hub’s name', () => {
  const folder = temporaryFolder();
  const home = temporaryFolder();
  let hub: RepositoryServer;
  let terminal: FakeTerminal;
  let before: (string | undefined)[];

  const path = (): string => join(folder(), FILE);
  const run = (...args: string[]): Promise<number> => {
    const context = createContext(terminal, new AbortController().signal, folder(), {
      models: [],
      preference: { chat: [], completion: [] },
    });
    return runCli(['model', ...args], context, '1.2.3');
  };
  /** Runs a command that must succeed, with what it writes. */
  const succeed = async (...args: string[]): Promise<FakeTerminal> => {
    terminal = new FakeTerminal();
    assert.equal(await run(...args), 0, terminal.notes);
    return terminal;
  };
  const publish = (bytes: Buffer): void => {
    hub.state.commit = NEWER;
    hub.state.files['m-Q4_K_M.gguf'] = bytes;
  };
  const tokens = (): ReadonlySet<string | undefined> =>
    new Set(hub.requests.map(({ authorization }) => authorization));

  beforeEach(async () => {
    hub = await RepositoryServer.start();
    hub.state.files = { 'm-Q4_K_M.gguf': GGUF, 'm-Q8_0.gguf': sampleBytes(5_000) };
    terminal = new FakeTerminal();
    before = VARIABLES.map((name) => process.env[name]);
    for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
    process.env['HF_ENDPOINT'] = hub.url;
    process.env['HF_HOME'] = home();
  });
  afterEach(async () => {
    for (const [index, name] of VARIABLES.entries()) {
      Reflect.deleteProperty(process.env, name);
      const value = before[index];
      if (value !== undefined) process.env[name] = value;
    }
    await hub.close();
  });

  describe('get', () => {
    it('says what will be fetched and under which licence, and prints the path only', async () => {
      await succeed('get', 'hf:owner/repo');
      assert.equal(terminal.results, `${path()}\n`);
      const [what, licence] = terminal.notes.split('\n');
      assert.match(what ?? '', /^hf:Owner\/Repo\/m-Q4_K_M\.gguf, .+, revision aaaaaaaaaaaa$/);
      assert.match(licence ?? '', /^Licence: Apache-2\.0, https:\/\/huggingface\.co\/Owner\/Repo$/);
      assert.match(terminal.notes, /hf:owner\/repo is installed, from huggingface/);
      assert.ok(GGUF.equals(await readFile(path())));
    });

    it('prints one JSON document with --json', async () => {
      await succeed('get', 'hf:Owner/Repo:Q4_K_M', '--json');
      assert.deepEqual(JSON.parse(terminal.results), {
        id: 'hf:Owner/Repo:Q4_K_M',
        path: path(),
        sizeBytes: GGUF.length,
        source: 'huggingface',
      });
    });

    it('names what there is when the repository lacks what was asked for', async () => {
      assert.equal(await run('get', 'hf:Owner/Repo:Q2_K'), 1);
      assert.match(terminal.notes, /no such GGUF model: hf:Owner\/Repo:Q2_K\. There are:/);
      assert.match(terminal.notes, /\n {2}hf:Owner\/Repo\/m-Q8_0\.gguf/);
      assert.deepEqual(readdirSync(folder()), []);
    });

    it('fetches nothing of a licence that has to be accepted, until it is', async () => {
      hub.state.licence = 'llama3';
      assert.equal(await run('get', 'hf:Owner/Repo'), 1);
      assert.match(terminal.notes, /--accept-licence/);
      terminal = new FakeTerminal(false, ['n']);
      assert.equal(await run('get', 'hf:Owner/Repo'), 1);
      assert.equal(terminal.questions.length, 1);
      assert.deepEqual(hub.fetched, []);
      await succeed('get', 'hf:Owner/Repo', '--accept-licence');
      assert.equal(hub.fetched.length, 1);
    });
  });

  describe('get of a repository that needs a token', () => {
    beforeEach(() => {
      hub.state.gate = 'hf_secret';
    });

    it('says where to get one, and by which variable it is found', async () => {
      assert.equal(await run('get', 'hf:Owner/Repo', '--accept-licence'), 1);
      assert.match(
        terminal.notes,
        /ask for access at https:\/\/huggingface\.co\/Owner\/Repo, then set HF_TOKEN/,
      );
    });

    it('sends HF_TOKEN, and never shows or keeps it', async () => {
      process.env['HF_TOKEN'] = 'hf_secret';
      await succeed('get', 'hf:Owner/Repo', '--accept-licence');
      assert.deepEqual([...tokens()], ['Bearer hf_secret']);
      const record = await readFile(`${path()}.hub.json`, 'utf8');
      assert.doesNotMatch(terminal.notes + terminal.results + record, /hf_secret/);
    });

    it('takes the token that Hugging Face’s own tools have stored', async () => {
      await mkdir(home(), { recursive: true });
      await writeFile(join(home(), 'token'), 'hf_secret\n');
      await succeed('get', 'hf:Owner/Repo', '--accept-licence');
      assert.deepEqual([...tokens()], ['Bearer hf_secret']);
    });

    it('sends no token to a mirror', async () => {
      delete hub.state.gate;
      process.env['HF_TOKEN'] = 'hf_secret';
      await succeed('get', 'hf:Owner/Repo', '--source', hub.url);
      assert.deepEqual([...tokens()], [undefined]);
    });

    it('says that the hub refuses a wrong one', async () => {
      process.env['HF_TOKEN'] = 'hf_wrong';
      assert.equal(await run('get', 'hf:Owner/Repo', '--accept-licence'), 1);
      assert.match(terminal.notes, /doesn't accept your token/);
      assert.doesNotMatch(terminal.notes, /hf_wrong/);
    });
  });

  describe('update', () => {
    beforeEach(() => succeed('get', 'hf:Owner/Repo'));

    it('says that a model is up to date, and fetches nothing', async () => {
      for (const args of [[], ['--check']]) {
        await succeed('update', 'hf:Owner/Repo', ...args);
        assert.equal(terminal.results, `${NAME} is up to date (revision aaaaaaaaaaaa)\n`);
      }
      assert.equal(hub.fetched.length, 1);
    });

    it('with --check names a newer revision and leaves the file as it is', async () => {
      publish(sampleBytes(9_000));
      await succeed('update', '--check', NAME);
      assert.match(terminal.results, /newer revision, bbbbbbbbbbbb; here is aaaaaaaaaaaa/);
      assert.ok(terminal.results.includes(`"youtu model update ${NAME}"`));
      await succeed('update', '--check', NAME, '--json');
      assert.deepEqual(JSON.parse(terminal.results), { id: NAME, revision: COMMIT, newer: NEWER });
      assert.ok(GGUF.equals(await readFile(path())));
    });

    it('fetches the newer revision in place of the one that is here', async () => {
      const bytes = sampleBytes(9_000);
      publish(bytes);
      await succeed('update', 'hf:Owner/Repo');
      assert.equal(terminal.results, `${path()}\n`);
      assert.ok(bytes.equals(await readFile(path())));
      await succeed('update', '--check', NAME);
      assert.match(terminal.results, /up to date \(revision bbbbbbbbbbbb\)/);
    });

    it('asks nothing of a hub for a model that isn’t here', async () => {
      const asked = hub.requests.length;
      assert.equal(await run('update', 'hf:Owner/Other'), 1);
      assert.match(terminal.notes, /hf:Owner\/Other/);
      assert.equal(hub.requests.length, asked);
    });
  });

  describe('a model that is here', () => {
    beforeEach(() => succeed('get', 'hf:Owner/Repo'));

    it('is listed with its revision', async () => {
      await succeed('list');
      assert.match(terminal.results, /^hf:Owner\/Repo\/m-Q4_K_M\.gguf +installed .*revision aaaaaaaaaaaa$/m);
    });

    it('is checked by its name, which tells the revision it is pinned to', async () => {
      await succeed('check', 'hf:owner/repo');
      assert.match(terminal.results, /architecture +llama\n/);
      assert.match(terminal.results, new RegExp(`revision +${COMMIT}\n`));
      await succeed('check', NAME, '--json');
      const { revision } = JSON.parse(terminal.results) as { revision: string };
      assert.equal(revision, COMMIT);
    });

    it('is removed with its record by any of its names', async () => {
      await succeed('remove', 'hf:owner/repo:q4_k_m');
      assert.equal(terminal.notes, 'Removed hf:owner/repo:q4_k_m\n');
      assert.deepEqual(readdirSync(folder()), []);
      assert.equal(await run('remove', NAME), 1);
    });
  });
});
