import assert from 'node:assert/strict';
import { ChatSession } from '../../../src/chatCore/chatSession.js';
import { ConversationHistory, type Removal } from '../../../src/chatCore/conversationHistory.js';
import { ConversationStore } from '../../../src/chatCore/conversationStore.js';
import { ConversationFiles } from '../../../src/extension/chat/conversationFiles.js';
import { MemoryFiles } from '../extension/chat/support/memoryFiles.js';
import { conversation } from './support/conversations.js';

describe('ConversationHistory', () => {
  let store: ConversationStore;
  let session: ChatSession<{ readonly title: string }>;
  let history: ConversationHistory<{ readonly title: string }>;
  let removals: Removal[];
  let undo: () => void;
  let files: MemoryFiles;
  let failures: number;
  let newer: number;

  beforeEach(async () => {
    files = new MemoryFiles();
    failures = 0;
    store = new ConversationStore(new ConversationFiles(files), {
      onUnreadable: () => assert.fail(),
      onSaveFailed: () => failures++,
    });
    session = new ChatSession({
      answers: { answer: () => new Promise(() => undefined) },
      save: (changed, isUrgent) => store.save(changed, isUrgent),
      show: () => undefined,
    });
    removals = [];
    newer = 0;
    history = new ConversationHistory(session, store, {
      onDidRemove: (removal, restore) => {
        removals.push(removal);
        undo = restore;
      },
      onNewer: () => newer++,
    });
    store.save(conversation('one', 'One?', 5), true);
    store.save(conversation('two', 'Two?', 9), true);
    await history.open('one');
  });

  const ids = async (): Promise<string[]> => (await store.readList()).map(({ id }) => id);

  it('opens the last conversation, unless a question was sent meanwhile', async () => {
    session.open();
    await history.restore('two');
    assert.equal(session.conversation.id, 'two');
    await history.restore('one');
    assert.equal(session.conversation.id, 'two');
    await history.restore(undefined);
    assert.equal(session.conversation.id, 'two');
  });

  it('closes a deleted conversation at once, and reopens it with undo', async () => {
    const removed = history.remove('one');
    // Questions from here on belong to another conversation.
    assert.notEqual(session.conversation.id, 'one');
    await removed;
    assert.deepEqual(await ids(), ['two']);
    assert.deepEqual(removals, [{ count: 1, isAll: false }]);
    undo();
    assert.equal(session.conversation.id, 'one');
    assert.deepEqual(await ids(), ['two', 'one']);
  });

  it('keeps a question open that was sent before the undo', async () => {
    await history.remove('one');
    void session.ask('Three?');
    undo();
    assert.notEqual(session.conversation.id, 'one');
    assert.ok((await ids()).includes('one'));
  });

  it('does not open a conversation on undo that was not open before', async () => {
    session.open();
    const { id } = session.conversation;
    await history.remove('two');
    undo();
    assert.equal(session.conversation.id, id);
    assert.deepEqual(await ids(), ['two', 'one']);
  });

  it('stops the answer of a deleted conversation, and does not save it again', async () => {
    session.open();
    void session.ask('Three?');
    const { id } = session.conversation;
    await history.clear();
    assert.equal(session.isAnswering, false);
    assert.equal((await ids()).includes(id), false);
  });

  it('deletes all conversations, and restores all with undo', async () => {
    await history.removeAll();
    assert.deepEqual(await ids(), []);
    assert.deepEqual(removals, [{ count: 2, isAll: true }]);
    assert.deepEqual(session.conversation.turns, []);
    undo();
    assert.equal(session.conversation.id, 'one');
    assert.deepEqual(await ids(), ['two', 'one']);
  });

  it('leaves a chat that could not be saved for a new one, keeps it, and reports it again', async () => {
    files.failure = new Error('no space');
    void session.ask('Three?');
    const { id } = session.conversation;
    await store.flush();
    assert.equal(failures, 1);
    history.startNew();
    await store.flush();
    assert.equal(failures, 2);
    assert.notEqual(session.conversation.id, id);
    assert.equal((await store.readList()).find((each) => each.id === id)?.isUnsaved, true);
    await history.open(id);
    assert.equal(session.conversation.turns[2]?.text, 'Three?');
    files.failure = undefined;
    history.startNew();
    await store.flush();
    assert.equal(failures, 2);
    assert.match(files.files.get(`${id}.json`) ?? '', /Three\?/);
  });

  it('says that a chat was made by a newer version instead of opening it', async () => {
    const content = '{"version":"2","id":"later","updatedAt":99,"turns":[]}';
    files.files.set('later.json', content);
    await history.open('later');
    assert.equal(newer, 1);
    assert.equal(session.conversation.id, 'one');
    await history.restore('later');
    assert.equal(files.files.get('later.json'), content);
  });

  it('has nothing to delete in a new conversation', async () => {
    session.open();
    await history.clear();
    assert.deepEqual(removals, []);
  });
});
