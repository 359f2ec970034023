import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ClientCapabilities } from 'vscode-languageserver-protocol/node';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { EDITOR, LspClient } from './support/lspClient.js';

const URI = 'file:///case/my%20sums.py';
const TEXT = 'def twice(values):\n    return [2 * value for value in values]\n';
const RANGE = { start: { line: 1, character: 4 }, end: { line: 1, character: 4 } };

after(() => LspClient.killAll());

describe('an explanation over LSP', function () {
  async function explain(capabilities: ClientCapabilities): Promise<LspClient> {
    const settings = { chatModel: await scriptedCoder(), gpu: 'off', commandWait: 100_000 };
    const client = await LspClient.start(settings, capabilities);
    await client.open(URI, 'python', TEXT);
    await client.connection.sendRequest('workspace/executeCommand', {
      command: 'youtu.explain',
      arguments: [{ uri: URI, range: RANGE }],
    });
    return client;
  }

  it('is a private Markdown file, opened beside the code and deleted with the server', async () => {
    const client = await explain(EDITOR);
    const [shown] = client.documents;
    assert.equal(shown?.takeFocus, false);
    const path = fileURLToPath(shown.uri);
    assert.match(await readFile(path, 'utf8'), /^# my sums\.py, line 2\n\n\S[^]{20}/);
    assert.equal((await stat(path.replace(/\/[^/]*$/, ''))).mode & 0o077, 0);
    assert.deepEqual(client.messages, []);
    assert.equal(await client.stop(), 0);
    await assert.rejects(stat(path));
  });

  it('is a message where the editor can’t open documents', async () => {
    const client = await explain({});
    assert.match(client.messages[0]?.message ?? '', /^Youtu Code: my sums\.py, line 2\n\n\S[^]{20}/);
    assert.equal(client.messages[0]?.type, 3);
    assert.equal(await client.stop(), 0);
  });
});
