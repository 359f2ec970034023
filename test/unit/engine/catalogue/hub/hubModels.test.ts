import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HubEndpoint } from '../../../../../src/engine/catalogue/hub/hubEndpoints.js';
import type { HubModels } from '../../../../../src/engine/catalogue/hub/hubModels.js';
import { InstalledModels } from '../../../../../src/engine/catalogue/installedModels.js';
import { encodeGguf } from '../../../../../src/engine/model/gguf/ggufWriter.js';
import { validModel } from '../../../../fixtures/gguf/damagedModels.js';
import { failure } from '../support/downloads.js';
import { COMMIT, RepositoryServer } from '../support/repositoryServer.js';
import { hubModelsOf } from '../support/hubModelsOf.js';
import { sampleBytes } from '../support/sampleModel.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const GGUF = Buffer.from(encodeGguf(validModel()));
const EMPTY = { models: [], preference: { chat: [], completion: [] } };
const NAME = 'hf:Owner/Repo/m-Q4_K_M.gguf';
const FILE = 'hf--Owner--Repo--m-Q4_K_M.gguf';

describe('models of a hub', () => {
  const folder = temporaryFolder();
  let hub: RepositoryServer;
  let waits: number[];
  let url: string;
  beforeEach(async () => {
    hub = await RepositoryServer.start();
    url = hub.url;
    hub.state.files = {
      'm-Q4_K_M.gguf': GGUF,
      'm-Q8_0.gguf': sampleBytes(5_000),
      'README.md': Buffer.from('x'),
    };
    waits = [];
  });
  afterEach(() => hub.close());

  const models = (freeBytes?: number, others: readonly HubEndpoint[] = []): HubModels =>
    hubModelsOf(
      folder,
      [{ name: 'huggingface', url, isHub: true }, ...others],
      (ms) => waits.push(ms),
      freeBytes,
    );
  const options = (extra: { token?: string; licenceAccepted?: boolean; isUpdate?: boolean } = {}) => ({
    licenceAccepted: false,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...extra,
  });
  const get = (name: string, extra?: { token?: string; licenceAccepted?: boolean; isUpdate?: boolean }) =>
    models().download(name, options(extra));
  const installed = (): InstalledModels => new InstalledModels(EMPTY, folder);
  const resolve = (name: string) => models().resolve(name, undefined, new AbortController().signal);

  it('are fetched at the commit, pinned, listed, found by any of their names, and removed', async () => {
    const result = await get('hf:owner/repo');
    assert.deepEqual(result, { path: join(folder(), FILE), sizeBytes: GGUF.length, source: 'huggingface' });
    assert.deepEqual(hub.fetched, [`/Owner/Repo/resolve/${COMMIT}/m-Q4_K_M.gguf`]);
    for (const name of ['hf:Owner/Repo', 'hf:owner/repo:q4_k_m', NAME])
      assert.deepEqual(await installed().find(name), { id: NAME, path: result.path });
    const [entry, ...others] = await installed().list();
    assert.deepEqual(others, []);
    assert.deepEqual([entry?.id, entry?.isInstalled, entry?.licence.name], [NAME, true, 'Apache-2.0']);
    assert.equal(entry?.source?.revision, COMMIT);
    assert.equal((await installed().best('chat'))?.id, NAME);
    await installed().remove('hf:owner/repo');
    assert.deepEqual(await readdir(folder()), []);
  });

  it('are not asked of the hub again once they are here, whatever it has by then', async () => {
    await get('hf:Owner/Repo');
    const before = hub.requests.length;
    hub.state.commit = 'b'.repeat(40);
    hub.state.files['m-Q4_K_M.gguf'] = sampleBytes(9_000);
    assert.equal((await get('hf:Owner/Repo')).source, 'installed');
    assert.equal(hub.requests.length, before);
    const pinned = await models().pinned({ hub: 'hf', repository: 'Owner/Repo' });
    assert.ok(pinned !== undefined);
    const newer = await models().newer(pinned, undefined, new AbortController().signal);
    assert.equal(newer?.revision, 'b'.repeat(40));
    assert.equal((await readFile(join(folder(), FILE))).length, GGUF.length);
    await get(NAME, { isUpdate: true });
    assert.equal((await readFile(join(folder(), FILE))).length, 9_000);
  });

  it('of two repositories’ same file name don’t collide, nor do paths that look alike', async () => {
    hub.state.files = { 'a/b.gguf': GGUF, 'a--b.gguf': sampleBytes(4_000) };
    const one = await get('hf:Owner/Repo/a/b.gguf');
    const other = await get('hf:Owner/Repo/a--b.gguf');
    assert.notEqual(one.path, other.path);
    assert.equal((await readFile(one.path)).length, GGUF.length);
  });

  it('in several files are fetched whole, and need the space of all before the first byte', async () => {
    const parts = ['m-Q4_0-00001-of-00002.gguf', 'm-Q4_0-00002-of-00002.gguf'];
    hub.state.files = { [parts[0] ?? '']: GGUF, [parts[1] ?? '']: sampleBytes(3_000) };
    const full = await failure(models(GGUF.length + 2_999).download('hf:Owner/Repo', options()));
    assert.equal(full.kind, 'noDiskSpace');
    assert.deepEqual(hub.fetched, []);
    assert.deepEqual(await readdir(folder()), []);
    const seen: number[] = [];
    const { path, sizeBytes } = await models().download('hf:Owner/Repo', {
      ...options(),
      onProgress: ({ doneBytes }) => seen.push(doneBytes),
    });
    assert.match(path, /hf--Owner--Repo--m-Q4_0-00001-of-00002\.gguf$/);
    assert.equal(sizeBytes, GGUF.length + 3_000);
    assert.equal(seen.at(-1), sizeBytes);
  });

  it('resume what was begun, from the commit it was begun at', async () => {
    const slow = new AbortController();
    await assert.rejects(
      models().download('hf:Owner/Repo:Q8_0', {
        ...options(),
        signal: slow.signal,
        onProgress: ({ doneBytes }) => {
          if (doneBytes > 0) slow.abort();
        },
      }),
    );
    hub.state.commit = 'c'.repeat(40);
    await get('hf:Owner/Repo:Q8_0');
    assert.ok(hub.fetched.every((path) => path.includes(COMMIT)));
  });

  it('tell what a repository has before the download', async () => {
    const result = await resolve('hf:Owner/Repo');
    assert.deepEqual(
      result.choices.map(({ name, quant, sizeBytes }) => [name, quant, sizeBytes]),
      [
        [NAME, 'Q4_K_M', GGUF.length],
        ['hf:Owner/Repo/m-Q8_0.gguf', 'Q8_0', 5_000],
      ],
    );
    assert.deepEqual([result.chosen, result.revision, result.licence.isGated], [0, COMMIT, false]);
    assert.equal((await resolve('hf:Owner/Repo:Q3_K_M')).chosen, -1);
  });

  it('by an unclear or wrong name fail with what there is', async () => {
    hub.state.files['n-Q4_K_M.gguf'] = GGUF;
    const unclear = await failure(get('hf:Owner/Repo'));
    assert.deepEqual(unclear, {
      kind: 'hubAmbiguous',
      name: 'hf:Owner/Repo',
      choices: [NAME, 'hf:Owner/Repo/n-Q4_K_M.gguf'],
    });
    const file = await failure(get('hf:Owner/Repo:Q2_K'));
    assert.ok(file.kind === 'hubNotFound' && file.what === 'file' && file.near.includes(NAME));
    const revision = await failure(get('hf:Owner/Repo@v9'));
    assert.ok(revision.kind === 'hubNotFound' && revision.what === 'revision');
    assert.deepEqual(revision.near, ['hf:Owner/Repo@main', 'hf:Owner/Repo@v1']);
    const repository = await failure(get('hf:Owner/Rep'));
    assert.deepEqual(repository, {
      kind: 'hubNotFound',
      name: 'hf:Owner/Rep',
      what: 'repository',
      near: ['hf:Owner/Repo'],
    });
    assert.deepEqual(await failure(get('hf:../x')), { kind: 'badHubName', name: 'hf:../x' });
    assert.deepEqual(await failure(installed().find('hf:Owner/Repo')), {
      kind: 'modelNotInstalled',
      id: 'hf:Owner/Repo',
    });
  });

  it('that are gated need a token, which goes to the hub alone', async () => {
    hub.state.gate = 'secret';
    const without = await failure(get('hf:Owner/Repo'));
    assert.deepEqual(without, {
      kind: 'hubAccess',
      name: NAME,
      reason: 'needsToken',
      pageUrl: 'https://huggingface.co/Owner/Repo',
    });
    const refused = await failure(get('hf:Owner/Repo', { token: 'wrong' }));
    assert.ok(refused.kind === 'hubAccess' && refused.reason === 'tokenRefused');
    assert.ok(!JSON.stringify(refused).includes('wrong'));
    const storage = await RepositoryServer.start();
    try {
      storage.state.files = hub.state.files;
      const target = `${storage.url}/Owner/Repo/resolve/${COMMIT}/m-Q4_K_M.gguf`;
      hub.state.redirect = target;
      await get('hf:Owner/Repo', { token: 'secret' });
      assert.equal(hub.requests.at(-1)?.authorization, 'Bearer secret');
      assert.ok(storage.requests.length > 0);
      assert.deepEqual(
        storage.requests.filter(({ authorization }) => authorization !== undefined),
        [],
      );
    } finally {
      await storage.close();
    }
  });

  it('with a licence of its own are fetched only when it is accepted', async () => {
    hub.state.licence = 'gemma';
    const refused = await failure(get('hf:Owner/Repo'));
    assert.ok(refused.kind === 'licenceNotAccepted' && refused.licence === 'gemma');
    await get('hf:Owner/Repo', { licenceAccepted: true });
  });

  it('of a hub that misbehaves fail with what happened', async () => {
    const answer = (status: number, body: string, headers: Record<string, string> = {}): void => {
      hub.state.first = Array.from({ length: 6 }, () => (_request, response) => {
        response.writeHead(status, headers).end(body);
      });
    };
    const reason = async (): Promise<string> => {
      const data = await failure(get('hf:Owner/Repo'));
      hub.state.first = [];
      return data.kind === 'hubUnreachable'
        ? `${data.attempts[0]?.reason}: ${data.attempts[0]?.detail}`
        : data.kind;
    };
    answer(200, '<html>Log in</html>');
    assert.match(await reason(), /^serverError: .*web page/);
    answer(200, '{"sha": 5}');
    assert.match(await reason(), /^serverError: .*another form/);
    answer(429, 'slow', { 'retry-after': '600' });
    assert.match(await reason(), /^rateLimited/);
    assert.deepEqual(waits, []);
    answer(302, '', { location: '/api/models/Owner/Repo/revision/main' });
    assert.match(await reason(), /^serverError: more than 5 redirects/);
    answer(403, '<html>blocked by the firewall</html>');
    assert.match(await reason(), /^forbidden/);
    answer(500, 'oops');
    assert.match(await reason(), /^serverError: HTTP 500/);
    assert.deepEqual(await readdir(folder()), []);
  });

  it('wait for a busy hub as long as it asks, within a bound', async () => {
    hub.state.first = [(_request, response) => void response.writeHead(429, { 'retry-after': '7' }).end()];
    await get('hf:Owner/Repo');
    assert.deepEqual(waits, [7_000]);
  });

  it('come from a mirror when the hub is down, without the token', async () => {
    const mirror = await RepositoryServer.start();
    try {
      mirror.state.files = hub.state.files;
      await hub.close();
      const many = models(undefined, [{ name: 'hf-mirror', url: mirror.url, isHub: false }]);
      const { source } = await many.download('hf:Owner/Repo', options({ token: 'secret' }));
      assert.equal(source, 'hf-mirror');
      assert.ok(mirror.requests.every(({ authorization }) => authorization === undefined));
    } finally {
      await mirror.close();
      hub = await RepositoryServer.start();
    }
  });

  it('of ModelScope are fetched the same way', async () => {
    const { path } = await get('ms:Owner/Repo:Q4_K_M', { licenceAccepted: true });
    assert.match(path, /modelscope--Owner--Repo--m-Q4_K_M\.gguf$/);
    assert.equal((await installed().find('modelscope:Owner/Repo')).path, path);
  });

  it('whose file was damaged since say so, and a wrong file is never kept', async () => {
    const { path } = await get('hf:Owner/Repo');
    await writeFile(path, Buffer.alloc(GGUF.length, 1));
    assert.equal((await failure(installed().find(NAME))).kind, 'damaged');
    assert.equal((await get('hf:Owner/Repo')).source, 'huggingface');
    assert.equal((await installed().find(NAME)).id, NAME);
  });
});
