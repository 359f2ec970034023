import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { SecureContext } from 'node:tls';
import { trustedContext } from '../../../../src/engine/certificates.js';
import { RemoteServer } from '../../../../src/engine/remote/remoteServer.js';
import { remoteSentence } from '../../../../src/cli/remoteError.js';
import { models, StandInServer } from './support/standInServer.js';

const FIXTURES = 'test/fixtures/certificates';
const fixture = (name: string): string => readFileSync(`${FIXTURES}/${name}`, 'utf8');

describe('A remote model behind a company’s certificate', () => {
  let server: StandInServer;
  beforeEach(async () => {
    const tls = { key: fixture('server.key'), cert: fixture('server.pem') + fixture('ca.pem') };
    server = new StandInServer({ '/v1/models': models({ id: 'test-coder', owned_by: 'vllm' }) }, tls);
    await server.start();
  });
  afterEach(() => server.stop());

  function remote(secureContext?: SecureContext): RemoteServer {
    const from = new RemoteServer({
      settings: () => ({ remoteUrl: server.url, remoteModel: '' }),
      log: () => undefined,
      environment: {},
      http: secureContext === undefined ? {} : { secureContext },
    });
    from.setKey('secret-1');
    return from;
  }

  it('answers where its authority is in a bundle that is trusted', async () => {
    const bundles = [`${FIXTURES}/ca.pem`];
    const found = await remote(trustedContext({ env: {}, bundles })).model();
    assert.ok(!('problem' in found), JSON.stringify(found));
    assert.equal(found.id, 'test-coder');
    assert.equal(server.requests('/v1/models')[0]?.headers.authorization, 'Bearer secret-1');
  });

  it('is told as such where it isn’t, with what to do, and gets no key', async () => {
    for (const context of [undefined, trustedContext({ env: {}, bundles: [] })]) {
      const found = await remote(context).model();
      assert.ok('problem' in found);
      const { data } = found.problem;
      assert.ok(data.kind === 'remoteFailed' && data.reason === 'certificate', JSON.stringify(data));
      assert.match(remoteSentence(data), /certificate .* can't be trusted .*NODE_EXTRA_CA_CERTS/);
    }
    assert.equal(server.seen.length, 0);
  });
});
