import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, rootCertificates } from 'node:tls';
import { HttpClient } from '../../../src/engine/catalogue/download/httpClient.js';
import { AttemptFailed } from '../../../src/engine/catalogue/download/downloadSource.js';
import { trustedCertificates, trustedContext } from '../../../src/engine/certificates.js';
import { RepositoryServer } from './catalogue/support/repositoryServer.js';
import { temporaryFolder } from './catalogue/support/temporaryFolder.js';

const FIXTURES = 'test/fixtures/certificates';
const fixture = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');

describe('certificates', () => {
  const folder = temporaryFolder();
  let server: RepositoryServer;
  beforeEach(async () => {
    server = await RepositoryServer.start({
      key: fixture('server.key'),
      cert: fixture('server.pem') + fixture('ca.pem'),
    });
  });
  afterEach(() => server.close());

  /** Connects as the downloads do. @returns the error's code, or `undefined` */
  const handshake = (secureContext: ReturnType<typeof trustedContext>): Promise<string | undefined> =>
    new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: Number(new URL(server.url).port), secureContext });
      socket.on('secureConnect', () => {
        socket.destroy();
        resolve(undefined);
      });
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });

  it('of a company are trusted when they lie in the system’s bundle or in one that a variable names', async () => {
    const bundle = join(folder(), 'bundle.pem');
    await writeFile(bundle, `# the company\n${fixture('ca.pem')}`);
    assert.equal(await handshake(trustedContext({ env: {}, bundles: [] })), 'SELF_SIGNED_CERT_IN_CHAIN');
    assert.equal(await handshake(trustedContext({ env: {}, bundles: [bundle] })), undefined);
    for (const name of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE'])
      assert.equal(
        await handshake(trustedContext({ env: { [name]: bundle }, bundles: [] })),
        undefined,
        name,
      );
  });

  it('that are damaged, or files that aren’t there, spoil none of the others', async () => {
    const bundle = join(folder(), 'bundle.pem');
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    await writeFile(bundle, broken + fixture('ca.pem'));
    const environment = { env: { SSL_CERT_FILE: join(folder(), 'none') }, bundles: [bundle] };
    const trusted = trustedCertificates(environment);
    assert.ok(rootCertificates.every((certificate) => trusted.includes(certificate)));
    assert.equal(await handshake(trustedContext(environment)), undefined);
  });

  it('that aren’t trusted are told as such', async () => {
    const client = new HttpClient();
    await assert.rejects(
      client.text(`${server.url}/api/models`, 1_000, new AbortController().signal),
      (error) => error instanceof AttemptFailed && error.reason === 'certificate',
    );
  });
});
