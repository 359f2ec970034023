import assert from 'node:assert/strict';
import { ConversationStore } from '../../../../src/chatCore/conversationStore.js';
import { ConversationFiles } from '../../../../src/extension/chat/conversationFiles.js';
import { conversation } from '../../chatCore/support/storeSuite.js';
import { MemoryFiles } from './support/memoryFiles.js';

describe('ConversationFiles', () => {
  let files: MemoryFiles;
  let damaged: string[];
  /** Saves nothing automatically within a test's time. */
  const store = (): ConversationStore =>
    new ConversationStore(
      new ConversationFiles(files),
      { onDamaged: (names) => damaged.push(...names), onSaveFailed: () => assert.fail() },
      1e6,
    );
  beforeEach(() => {
    files = new MemoryFiles();
    damaged = [];
  });

  it('writes a temporary file, which then replaces the old one', async () => {
    const kept = store();
    kept.save(conversation('one', 'How?'), false);
    await kept.flush();
    assert.deepEqual(files.log, ['write one.json.new', 'rename one.json.new one.json']);
  });

  for (const [what, content] of [
    ['truncated', '{"version":"1","id":"bad","createdAt":1,"tur'],
    ['empty', ''],
    ['of another shape', '{"version":"1","id":"bad","createdAt":1,"updatedAt":1,"turns":[{"role":"root"}]}'],
    ['of another version', '{"version":"99","id":"bad","createdAt":1,"updatedAt":1,"turns":[]}'],
    ['under a wrong name', '{"version":"1","id":"other","createdAt":1,"updatedAt":1,"turns":[]}'],
  ] as const)
    it(`sets a file aside that is ${what}, keeps its content, reports it, and continues with the others`, async () => {
      const kept = store();
      kept.save(conversation('good', 'How?'), false);
      files.files.set('bad.json', content);
      assert.deepEqual(
        (await kept.readList()).map(({ id }) => id),
        ['good'],
      );
      assert.equal(damaged.length, 1);
      assert.match(damaged[0] ?? '', /^bad\.damaged-\d+$/);
      assert.equal(files.files.get(damaged[0] ?? ''), content);
      assert.equal(files.files.has('bad.json'), false);
      await kept.readList();
      assert.equal(damaged.length, 1);
    });

  it('writes the other files when one write fails, and rejects', async () => {
    const area = new ConversationFiles(files);
    files.failure = new Error('no space');
    files.failsFor = 'one.json.new';
    await assert.rejects(area.write([conversation('one', 'a'), conversation('two', 'b')]), files.failure);
    assert.deepEqual([...files.files.keys()], ['two.json']);
  });
});
