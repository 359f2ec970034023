import assert from 'node:assert/strict';
import { ChatSession } from '../../../src/chatCore/chatSession.js';
import { ConversationHistory, type Removal } from '../../../src/chatCore/conversationHistory.js';
import { ConversationStore } from '../../../src/chatCore/conversationStore.js';
import { ConversationFiles } from '../../../src/extension/chat/conversationFiles.js';
import { MemoryFiles } from '../extension/chat/support/memoryFiles.js';
import { conversation } from './support/storeSuite.js';

describe('ConversationHistory', () => {
  let store: ConversationStore;
  let session: ChatSession<{ readonly title: string }>;
  let history: ConversationHistory<{ readonly title: string }>;
  let removals: Removal[];
  let undo: () => void;

  beforeEach(async () => {
    store = new ConversationStore(new ConversationFiles(new MemoryFiles()), {
      onDamaged: () => assert.fail(),
      onSaveFailed: () => assert.fail(),
    });
    session = new ChatSession({
      answers: { answer: () => new Promise(() => undefined) },
      save: (changed, isUrgent) => store.save(changed, isUrgent),
      show: () => undefined,
    });
    removals = [];
    history = new ConversationHistory(session, store, (removal, restore) => {
      removals.push(removal);
      undo = restore;
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

  it('has nothing to delete in a new conversation', async () => {
    session.open();
    await history.clear();
    assert.deepEqual(removals, []);
  });
});
