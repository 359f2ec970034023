import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { CompletionGate } from '../../src/extension/completion/completionGate.js';

const SECRETS = [
  '.env',
  'app/.env.local',
  'deploy/production.env',
  'cert/server.pem',
  'cert/server.key',
  'id_rsa',
  'home/.ssh/config',
  'id_ed25519.bak',
  '.npmrc',
  '.netrc',
  '.aws/credentials',
  'config/credentials.json',
  'config/secrets.yaml',
  'service-account-prod.json',
  'service-account.yaml',
  '.env-production',
  '.env_local',
  'my-secrets.json',
  'id_rsa.bak',
];
const OTHERS = [
  '.env.example',
  '.env.sample',
  'src/environment.ts',
  'src/credentials.ts',
  'src/secrets.py',
  'src/key.ts',
  'src/secretsManager.ts',
  'src/keyboard.key.ts',
  'monkey.py',
  'README.md',
];

describe('ghost text', function () {
  this.timeout(60_000);
  let gate: CompletionGate;
  before(() => (gate = new CompletionGate()));
  after(() => gate.dispose());
  afterEach(async () => {
    const settings = vscode.workspace.getConfiguration('youtu');
    await settings.update('completion.exclude', undefined, vscode.ConfigurationTarget.Global);
  });

  for (const path of SECRETS)
    it(`is disabled in ${path}`, async () => assert.equal(gate.stateOf(await named(path)), 'secretFile'));
  for (const path of OTHERS)
    it(`is enabled in ${path}`, async () => assert.equal(gate.stateOf(await named(path)), 'open'));

  it('is disabled in input boxes and output, whatever their content', () => {
    for (const scheme of ['vscode-scm', 'comment', 'output', 'vscode-interactive-input', 'git'])
      assert.equal(gate.stateOf(documentOf(vscode.Uri.from({ scheme, path: '/input' }))), 'notCode', scheme);
  });

  it('follows the globs of the setting, and their exceptions', async () => {
    const settings = vscode.workspace.getConfiguration('youtu');
    const globs = ['**/*.ts', '!**/kept.ts', 5];
    const changed = new Promise<void>((resolve) => gate.onDidChange(resolve));
    await settings.update('completion.exclude', globs, vscode.ConfigurationTarget.Global);
    await changed;
    assert.equal(gate.stateOf(await named('a/left.ts')), 'excluded');
    assert.equal(gate.stateOf(await named('a/kept.ts')), 'open');
    // The engine's built-in list applies unless the setting names these files.
    assert.equal(gate.stateOf(await named('.env')), 'secretFile');
  });

  it('follows globs for folders, and those that don’t begin at the root', async () => {
    const settings = vscode.workspace.getConfiguration('youtu');
    const changed = new Promise<void>((resolve) => gate.onDidChange(resolve));
    await settings.update('completion.exclude', ['private/', 'a/*.sql'], vscode.ConfigurationTarget.Global);
    await changed;
    assert.equal(gate.stateOf(await named('src/private/deep/x.ts')), 'excluded');
    assert.equal(gate.stateOf(await named('a/x.sql')), 'excluded');
    assert.equal(gate.stateOf(await named('src/privateer.ts')), 'open');
  });

  it('is enabled in a file of the built-in list where a `!` allows it', async () => {
    const settings = vscode.workspace.getConfiguration('youtu');
    const changed = new Promise<void>((resolve) => gate.onDidChange(resolve));
    await settings.update('completion.exclude', ['!**/.env'], vscode.ConfigurationTarget.Global);
    await changed;
    assert.equal(gate.stateOf(await named('.env')), 'open');
    assert.equal(gate.stateOf(await named('app/.env.local')), 'secretFile');
  });

  it('is disabled where it is off for the language', async () => {
    const settings = vscode.workspace.getConfiguration('youtu', { languageId: 'markdown' });
    await settings.update('completion.enabled', false, vscode.ConfigurationTarget.Global, true);
    try {
      assert.equal(gate.stateOf(await named('README.md')), 'off');
      assert.equal(gate.stateOf(await named('src/key.ts')), 'open');
    } finally {
      await settings.update('completion.enabled', undefined, vscode.ConfigurationTarget.Global, true);
    }
  });
});

/** A document with that path, which isn't on disk. */
async function named(path: string): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'untitled', path: `/project/${path}` }));
}

/** A document that only VS Code itself can create. */
function documentOf(uri: vscode.Uri): vscode.TextDocument {
  return { uri, languageId: 'plaintext' } as vscode.TextDocument;
}
