import assert from 'node:assert/strict';
import { isSecretFile } from '../../../src/protocol/secretFiles.js';

describe('files of secrets', () => {
  const secret = [
    '/a/.env',
    '/a/.env.local',
    '/a/.ENV',
    'file:///a/.env.production',
    'file:///a/%2Eenv',
    'C:\\a\\.env',
    '.env',
    '/a/prod.env',
    '/a/server.pem',
    '/a/server.key',
    '/home/a/.ssh/config',
    '/home/a/.aws/credentials',
    '/a/id_rsa',
    '/a/id_ed25519',
    '/a/deploy_rsa',
    '/a/.npmrc',
    '/a/.netrc',
    '/a/secrets.yaml',
    '/a/secret.json',
    '/a/secrets.prod.yml',
    '/a/service-account-x.json',
    '/a/terraform.tfvars',
    '/a/100%/.env',
    'file:///a/.env?version=1#2',
  ];
  for (const path of secret) it(`include ${path}`, () => assert.equal(isSecretFile(path), true));

  const harmless = [
    '/a/env.ts',
    '/a/.env.example',
    '/a/.env.sample',
    '/a/environment.ts',
    '/a/secrets.ts',
    '/a/secret_files.py',
    '/a/id_rsa.ts',
    '/a/key.ts',
    '/a/keys.json',
    '/a/credentials.go',
    '/a/.envoy/config.ts',
    '/a/ssh/config',
    'untitled:Untitled-1',
  ];
  for (const path of harmless) it(`exclude ${path}`, () => assert.equal(isSecretFile(path), false));
});
