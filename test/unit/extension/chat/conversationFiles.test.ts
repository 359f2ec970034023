import assert from 'node:assert/strict';
import { ConversationStore } from '../../../../src/chatCore/conversationStore.js';
import { ConversationFiles } from '../../../../src/extension/chat/conversationFiles.js';
import { conversation } from '../../chatCore/support/conversations.js';
import { MemoryFiles } from './support/memoryFiles.js';

describe('ConversationFiles', () => {
  let files: MemoryFiles;
  let damaged: string[];
  /** Saves nothing by itself within a test's time. */
  const store = (): ConversationStore =>
    new ConversationStore(
      new ConversationFiles(files),
      {
        onUnreadable: (problems) => damaged.push(...problems.map(({ id, movedTo }) => movedTo ?? id)),
        onSaveFailed: () => assert.fail(),
      },
      1e6,
    );
  beforeEach(() => {
    files = new MemoryFiles();
    damaged = [];
  });

  for (const [what, content] of [
    ['cut short', '{"version":"1","id":"bad","createdAt":1,"tur'],
    ['empty', ''],
    ['of another shape', '{"version":"1","id":"bad","createdAt":1,"updatedAt":1,"turns":[{"role":"root"}]}'],
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

  it('lists the others when one file can not be read', async () => {
    const kept = store();
    for (const id of ['good', 'locked']) kept.save(conversation(id, 'How?'), false);
    await kept.flush();
    files.unreadable = 'locked.json';
    assert.deepEqual(
      (await kept.readList()).map(({ id }) => id),
      ['good'],
    );
    assert.deepEqual(damaged, ['locked']);
  });

  it('reads and writes nothing outside of its folder', async () => {
    const area = new ConversationFiles(files);
    files.files.set('../evil.json', '{}');
    assert.equal(await area.read('../evil'), undefined);
    await assert.rejects(area.update('../evil', () => ({ version: '1', id: '../evil' })));
  });
});
