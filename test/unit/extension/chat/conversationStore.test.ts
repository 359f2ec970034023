import assert from 'node:assert/strict';
import type { Conversation } from '../../../../src/protocol/keptConversation.js';
import { ConversationStore } from '../../../../src/extension/chat/conversationStore.js';
import { MemoryFiles } from './support/memoryFiles.js';

const conversation = (id: string, text: string, updatedAt = 5): Conversation => ({
  id,
  createdAt: 1,
  updatedAt,
  turns: [
    { role: 'user', id: 'q', text, attachments: [] },
    { role: 'assistant', id: 'a', text: 'Yes.', thinking: '', state: 'done' },
  ],
});

describe('ConversationStore', () => {
  let files: MemoryFiles;
  let damaged: string[];
  let failures: unknown[];
  /** Nothing is saved by itself within a test's time. */
  const store = (): ConversationStore =>
    new ConversationStore(
      files,
      { onDamaged: (name) => damaged.push(name), onSaveFailed: (error) => failures.push(error) },
      1e6,
    );
  beforeEach(() => {
    files = new MemoryFiles();
    [damaged, failures] = [[], []];
  });

  it('gives back what was saved, after a reload', async () => {
    const before = store();
    before.save(conversation('one', 'How?'));
    await before.flush();
    assert.deepEqual(await store().load('one'), conversation('one', 'How?'));
    assert.equal(await store().load('two'), undefined);
  });

  it('writes a file beside the old one, which then takes its place', async () => {
    const kept = store();
    kept.save(conversation('one', 'How?'));
    await kept.flush();
    assert.deepEqual(files.log, ['write one.json.new', 'rename one.json.new one.json']);
  });

  it('writes once for many changes', async () => {
    const kept = store();
    for (const text of ['a', 'b', 'c']) kept.save(conversation('one', text));
    await kept.flush();
    assert.equal(files.log.length, 2);
    assert.equal((await kept.load('one'))?.turns[0]?.text, 'c');
  });

  it('saves by itself soon, without waiting for the changes to end', async () => {
    const kept = new ConversationStore(files, { onDamaged: () => 0, onSaveFailed: () => 0 }, 1);
    for (let change = 0; change < 10_000 && !files.files.has('one.json'); change++) {
      kept.save(conversation('one', `change ${change}`));
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    assert.ok(files.files.has('one.json'));
    await kept.flush();
  });

  it('lists conversations by their first question, the newest first', async () => {
    const kept = store();
    kept.save(conversation('one', 'Older', 5));
    kept.save(conversation('two', 'Newer', 9));
    assert.deepEqual(await kept.list(), [
      { id: 'two', title: 'Newer', updatedAt: 9 },
      { id: 'one', title: 'Older', updatedAt: 5 },
    ]);
  });

  it('keeps no conversation in which nothing was asked', async () => {
    const kept = store();
    kept.save({ id: 'one', createdAt: 1, updatedAt: 1, turns: [] });
    assert.deepEqual(await kept.list(), []);
  });

  for (const [what, content] of [
    ['cut short', '{"version":"1","id":"bad","createdAt":1,"tur'],
    ['empty', ''],
    ['of another shape', '{"version":"1","id":"bad","createdAt":1,"updatedAt":1,"turns":[{"role":"root"}]}'],
    ['of another version', '{"version":"99","id":"bad","createdAt":1,"updatedAt":1,"turns":[]}'],
    ['under a wrong name', '{"version":"1","id":"other","createdAt":1,"updatedAt":1,"turns":[]}'],
  ] as const)
    it(`puts a file aside that is ${what}, keeps its content, says so, and goes on with the others`, async () => {
      const kept = store();
      kept.save(conversation('good', 'How?'));
      files.files.set('bad.json', content);
      assert.deepEqual(
        (await kept.list()).map(({ id }) => id),
        ['good'],
      );
      assert.equal(damaged.length, 1);
      assert.match(damaged[0] ?? '', /^bad\.damaged-\d+$/);
      assert.equal(files.files.get(damaged[0] ?? ''), content);
      assert.equal(files.files.has('bad.json'), false);
      await kept.list();
      assert.equal(damaged.length, 1);
    });

  it('marks an answer as interrupted that was coming when the window went away', async () => {
    const kept = store();
    const { turns, ...rest } = conversation('one', 'How?');
    kept.save({
      ...rest,
      turns: turns.map((turn) =>
        turn.role === 'assistant' ? { ...turn, text: 'Ye', state: 'streaming' } : turn,
      ),
    });
    await kept.flush();
    const answer = (await store().load('one'))?.turns[1];
    assert.deepEqual(answer?.role === 'assistant' && [answer.text, answer.state], ['Ye', 'interrupted']);
  });

  it('offers no actions from a file', async () => {
    const kept = store();
    const { turns, ...rest } = conversation('one', 'How?');
    kept.save({
      ...rest,
      turns: turns.map((turn) =>
        turn.role === 'assistant'
          ? { ...turn, state: 'failed', failure: { message: 'Gone.', actions: ['Restart'] } }
          : turn,
      ),
    });
    await kept.flush();
    const answer = (await store().load('one'))?.turns[1];
    assert.deepEqual(answer?.role === 'assistant' && answer.failure, { message: 'Gone.', actions: [] });
  });

  it('removes a conversation, also one that is not saved yet', async () => {
    const kept = store();
    kept.save(conversation('one', 'How?'));
    await kept.remove('one');
    assert.deepEqual(await kept.list(), []);
    await kept.remove('never there');
  });

  it('says when it can not save, and goes on when it can again', async () => {
    const kept = store();
    files.failure = new Error('no space');
    kept.save(conversation('one', 'a'));
    await kept.flush();
    assert.deepEqual(failures, [files.failure]);
    files.failure = undefined;
    kept.save(conversation('one', 'b'));
    assert.equal((await kept.load('one'))?.turns[0]?.text, 'b');
  });
});
