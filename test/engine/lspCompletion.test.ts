import assert from 'node:assert/strict';
import type { CompletionItem, CompletionList } from 'vscode-languageserver-protocol/node';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { EDITOR, LspClient } from './support/lspClient.js';

/** Capabilities of an editor without ghost text. */
const OLDER = { ...EDITOR, textDocument: {} };

after(() => LspClient.killAll());

describe('completion for editors without ghost text', function () {
  let client: LspClient;
  let files = 0;
  before(async () => {
    client = await LspClient.start({ completionModel: await scriptedCoder(), gpu: 'off' }, OLDER);
  });
  after(async () => assert.equal(await client.stop(), 0));

  /** @param marked a text in which `▮` is the cursor */
  async function complete(marked: string, uri = `file:///case/${++files}.py`): Promise<CompletionList> {
    const before = marked.slice(0, marked.indexOf('▮')).split('\n');
    await client.open(uri, 'python', marked.replace('▮', ''));
    return client.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument: { uri },
      position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
      context: { triggerKind: 1 },
    });
  }

  it('is one plain item at the end of the list, which begins with the typed word', async () => {
    const { isIncomplete, items } = await complete(
      'def total(prices):\n    """The sum of all prices."""\n    return su▮\n',
    );
    assert.equal(isIncomplete, true);
    assert.equal(items.length, 1);
    const [item] = items as [CompletionItem];
    const { textEdit } = item;
    assert.ok(textEdit !== undefined && 'range' in textEdit);
    assert.deepEqual(textEdit.range, { start: { line: 2, character: 11 }, end: { line: 2, character: 13 } });
    assert.match(textEdit.newText, /^sum\(prices/);
    assert.ok(textEdit.newText.startsWith(item.label.replace(/…$/, '')));
    assert.equal(item.filterText, 'su');
    assert.equal(item.preselect, false);
    assert.equal(item.insertTextFormat, 1);
    assert.equal(item.kind, 1);
    assert.ok((item.sortText ?? '') > 'zzz');
  });

  it('follows the trigger rules of ghost text', async () => {
    assert.deepEqual((await complete('tot▮al = compute(1)\n')).items, []);
    assert.deepEqual((await complete('TOKEN = ▮\n', 'file:///case/.env')).items, []);
  });

  it('follows the editor’s capabilities and the settings', async () => {
    const offered = async (capabilities: object, completionItems?: string): Promise<boolean> => {
      const options = completionItems === undefined ? {} : { completionItems };
      const other = await LspClient.start(options, capabilities);
      const provider = other.initialized?.capabilities.completionProvider;
      assert.equal(await other.stop(), 0);
      return provider !== undefined;
    };
    assert.equal(await offered(EDITOR), false);
    assert.equal(await offered(EDITOR, 'on'), true);
    assert.equal(await offered(OLDER), true);
    assert.equal(await offered(OLDER, 'off'), false);
  });
});
