import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CancellationTokenSource,
  createConnection,
  createProtocolConnection,
  LSPErrorCodes,
  ProposedFeatures,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
  WorkDoneProgress,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import type { Catalogue } from '../../../../src/engine/catalogue/catalogue.js';
import { Downloader } from '../../../../src/engine/catalogue/downloader.js';
import { HubModels } from '../../../../src/engine/catalogue/hub/hubModels.js';
import { InstalledModels } from '../../../../src/engine/catalogue/installedModels.js';
import { registerModelRequests } from '../../../../src/engine/catalogue/modelRequests.js';
import { EngineErrorCode, type EngineErrorData } from '../../../../src/protocol/errors.js';
import {
  ModelCheckRequest,
  ModelDownloadRequest,
  type DownloadProgress,
  type ModelDownloadReport,
  ModelListRequest,
  ModelRemoveRequest,
  ModelResolveRequest,
} from '../../../../src/protocol/model.js';
import { validModel } from '../../../fixtures/gguf/damagedModels.js';
import { encodeGguf } from '../../../../src/engine/model/gguf/ggufWriter.js';
import { testHub } from './support/downloads.js';
import { HubServer } from './support/hubServer.js';
import { COMMIT, RepositoryServer } from './support/repositoryServer.js';
import { sampleBytes, sampleModel } from './support/sampleModel.js';
import { SpeedProbeRequest } from '../../../../src/protocol/modelFit.js';
import { temporaryFolder } from './support/temporaryFolder.js';

const BYTES = sampleBytes(60_000);
const MODEL = sampleModel(BYTES);
const CATALOGUE: Catalogue = { models: [MODEL], preference: { chat: ['sample'], completion: ['sample'] } };

describe('model requests', () => {
  const folder = temporaryFolder();
  let hub: HubServer;
  let repository: RepositoryServer;
  let client: ProtocolConnection;
  let probes = 0;
  let changes: number;

  beforeEach(async () => {
    hub = await HubServer.start(BYTES);
    repository = await RepositoryServer.start();
    repository.state.files = { 'm-Q4_K_M.gguf': BYTES, 'm-Q8_0.gguf': sampleBytes(5_000) };
    changes = 0;
    const [up, down] = [new PassThrough(), new PassThrough()];
    const server = createConnection(
      ProposedFeatures.all,
      new StreamMessageReader(up),
      new StreamMessageWriter(down),
    );
    registerModelRequests(server, {
      catalogue: CATALOGUE,
      installed: new InstalledModels(CATALOGUE, folder),
      downloader: new Downloader({ folder, sources: () => [testHub('hub', hub.url)] }),
      hub: new HubModels({
        folder,
        sources: () => [],
        endpoints: () => [{ name: 'huggingface', url: repository.url, isHub: true }],
      }),
      fit: (entries) =>
        Promise.resolve(entries.map((entry) => ({ ...entry, fit: { place: 'cpu', memoryBytes: 1 } }))),
      probe: () => {
        probes++;
        return Promise.resolve();
      },
      onDidChangeModels: () => {
        changes++;
      },
    });
    server.listen();
    client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    client.listen();
  });
  afterEach(async () => {
    client.dispose();
    await hub.close();
    await repository.close();
  });

  const rejection = async (request: Promise<unknown>): Promise<ResponseError<EngineErrorData>> => {
    try {
      await request;
    } catch (error) {
      assert.ok(error instanceof ResponseError);
      return error as ResponseError<EngineErrorData>;
    }
    assert.fail('the request succeeded');
  };

  it('list, download, and remove a model', async () => {
    const isInstalled = async (): Promise<boolean[]> =>
      (await client.sendRequest(ModelListRequest)).map((entry) => entry.isInstalled);
    assert.deepEqual(await isInstalled(), [false]);
    const params = { id: 'sample', licenceAccepted: false };
    const result = await client.sendRequest(ModelDownloadRequest, params);
    assert.deepEqual(result, { path: join(folder(), 'sample.gguf'), sizeBytes: 60_000, source: 'hub' });
    assert.ok(BYTES.equals(await readFile(result.path)));
    assert.deepEqual(await isInstalled(), [true]);
    assert.equal(changes, 1);
    await client.sendRequest(ModelRemoveRequest, { id: 'sample' });
    assert.deepEqual(await isInstalled(), [false]);
    assert.equal(changes, 2);
  });

  it('tell how each model would run here, and measure the machine', async () => {
    const [entry] = await client.sendRequest(ModelListRequest);
    assert.deepEqual(entry?.fit, { place: 'cpu', memoryBytes: 1 });
    assert.equal(await client.sendRequest(SpeedProbeRequest), null);
    assert.equal(probes, 1);
  });

  it('report a download’s progress under the client’s token', async () => {
    const seen: string[] = [];
    const downloads: DownloadProgress[] = [];
    client.onProgress(WorkDoneProgress.type, 'token', (value) => {
      seen.push(value.kind === 'report' ? `${value.percentage} ${value.message}` : value.kind);
      if (value.kind === 'report') downloads.push((value as ModelDownloadReport).download);
    });
    const params = { id: 'sample', licenceAccepted: false, workDoneToken: 'token' };
    await client.sendRequest(ModelDownloadRequest, params);
    assert.deepEqual(seen.slice(0, 2), ['begin', '0 0/0 MB']);
    assert.deepEqual(seen.slice(-2), ['100 0/0 MB', 'end']);
    const [first, last] = [downloads[0], downloads.at(-1)];
    assert.deepEqual(first, { phase: 'connecting', doneBytes: 0, totalBytes: 60_000, source: 'hub' });
    assert.deepEqual([last?.phase, last?.doneBytes], ['verifying', 60_000]);
  });

  it('respond to a cancelled download with the cancel code, and keep the partial file', async () => {
    hub.behaviour = { kind: 'stall', after: 10_000 };
    const source = new CancellationTokenSource();
    client.onProgress(WorkDoneProgress.type, 'token', (value) => {
      if (value.kind === 'report' && (value as ModelDownloadReport).download.doneBytes === 10_000)
        source.cancel();
    });
    const params = { id: 'sample', licenceAccepted: false, workDoneToken: 'token' };
    const { code } = await rejection(client.sendRequest(ModelDownloadRequest, params, source.token));
    assert.equal(code, LSPErrorCodes.RequestCancelled);
    assert.ok(existsSync(join(folder(), 'sample.gguf.partial')));
    assert.equal(changes, 0);
  });

  it('fail with a code and data', async () => {
    hub.behaviour = { kind: 'status', status: 404 };
    const failed = await rejection(
      client.sendRequest(ModelDownloadRequest, { id: 'sample', licenceAccepted: false }),
    );
    assert.equal(failed.code, EngineErrorCode.downloadFailed);
    assert.equal(failed.data?.kind, 'downloadFailed');
    const unknown = await rejection(
      client.sendRequest(ModelDownloadRequest, { id: 'nothing', licenceAccepted: true }),
    );
    assert.deepEqual(unknown.data, { kind: 'unknownModel', name: 'nothing' });
    const absent = await rejection(client.sendRequest(ModelRemoveRequest, { id: 'sample' }));
    assert.deepEqual(absent.data, { kind: 'modelNotInstalled', id: 'sample' });
  });

  it('tell what a hub’s repository has, and what a name means there', async () => {
    const resolved = await client.sendRequest(ModelResolveRequest, { name: 'hf:owner/repo:q8_0' });
    assert.deepEqual([resolved.repository, resolved.revision], ['Owner/Repo', COMMIT]);
    assert.deepEqual([resolved.licence.name, resolved.licence.isGated], ['Apache-2.0', false]);
    assert.deepEqual(
      resolved.choices.map(({ name, quant, sizeBytes }) => [name, quant, sizeBytes]),
      [
        ['hf:Owner/Repo/m-Q4_K_M.gguf', 'Q4_K_M', 60_000],
        ['hf:Owner/Repo/m-Q8_0.gguf', 'Q8_0', 5_000],
      ],
    );
    assert.equal(resolved.choices[resolved.chosen]?.quant, 'Q8_0');
    assert.deepEqual(repository.fetched, []);
    const unknown = await rejection(client.sendRequest(ModelResolveRequest, { name: 'hf:Owner/Other' }));
    assert.equal(unknown.data?.kind, 'hubNotFound');
    const bad = await rejection(client.sendRequest(ModelResolveRequest, { name: 'hf:Owner' }));
    assert.deepEqual(bad.data, { kind: 'badHubName', name: 'hf:Owner' });
  });

  it('download a model by its name on a hub, with the token that came along', async () => {
    repository.state.gate = 'hf_secret';
    const id = 'hf:Owner/Repo/m-Q4_K_M.gguf';
    const refused = await rejection(client.sendRequest(ModelDownloadRequest, { id, licenceAccepted: true }));
    assert.equal(refused.data?.kind, 'hubAccess');
    assert.equal(changes, 0);
    const params = { id, licenceAccepted: true, hubToken: 'hf_secret' };
    const result = await client.sendRequest(ModelDownloadRequest, params);
    assert.deepEqual([result.sizeBytes, result.source], [60_000, 'huggingface']);
    assert.ok(BYTES.equals(await readFile(result.path)));
    assert.equal(changes, 1);
    const entry = (await client.sendRequest(ModelListRequest)).find((other) => other.id === id);
    assert.deepEqual([entry?.isInstalled, entry?.source?.revision], [true, COMMIT]);
    const { choices } = await client.sendRequest(ModelResolveRequest, { name: id });
    assert.deepEqual(
      choices.map(({ isInstalled }) => isInstalled),
      [true, false],
    );
  });

  it('check a file', async () => {
    const path = join(folder(), 'own.gguf');
    await writeFile(path, encodeGguf(validModel()));
    assert.equal((await client.sendRequest(ModelCheckRequest, { path })).architecture, 'llama');
    await writeFile(path, 'text');
    const { code, data } = await rejection(client.sendRequest(ModelCheckRequest, { path }));
    assert.equal(code, EngineErrorCode.modelUnusable);
    assert.deepEqual(data, { kind: 'notGguf', path });
  });
});
