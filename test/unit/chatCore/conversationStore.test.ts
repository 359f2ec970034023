import assert from 'node:assert/strict';
import { ConversationStore } from '../../../src/chatCore/conversationStore.js';
import { ConversationFiles } from '../../../src/extension/chat/conversationFiles.js';
import { MemoryFiles } from '../extension/chat/support/memoryFiles.js';
import { conversation } from './support/conversations.js';
import { describeConversationStore } from './support/storeSuite.js';

describeConversationStore('files', () => {
  const files = new MemoryFiles();
  return Promise.resolve({
    area: new ConversationFiles(files),
    put: (id, value) => files.replace(`${id}.json`, JSON.stringify({ version: '1', ...value })),
  });
});

describe('ConversationStore', () => {
  const ignored = { onUnreadable: () => 0, onSaveFailed: () => 0 };

  it('saves after its delay, without waiting for the changes to end', async () => {
    const files = new MemoryFiles();
    const kept = new ConversationStore(new ConversationFiles(files), ignored, 1);
    for (let change = 0; change < 10_000 && !files.files.has('one.json'); change++) {
      kept.save(conversation('one', `change ${change}`), false);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    assert.ok(files.files.has('one.json'));
    await kept.flush();
  });

  it('notifies other owners of its area of complete conversations, not of streaming ones', async () => {
    const stored: string[] = [];
    const kept = new ConversationStore(new ConversationFiles(new MemoryFiles()), {
      ...ignored,
      onDidStore: (ids) => stored.push(...ids),
    });
    const { turns, ...rest } = conversation('streams', 'How?');
    kept.save(
      {
        ...rest,
        turns: turns.map((turn) =>
          turn.role === 'assistant' ? { ...turn, state: 'streaming' as const } : turn,
        ),
      },
      true,
    );
    kept.save(conversation('one', 'How?'), true);
    await kept.flush();
    await kept.remove(['one']);
    assert.deepEqual(stored, ['one', 'one']);
  });
});
