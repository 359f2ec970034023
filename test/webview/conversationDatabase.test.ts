import { ConversationMemory } from '../../src/webview/browser/history/conversationDatabase.js';
import type { StoredConversation } from '../../src/chatCore/conversationArea.js';
import { describeConversationStore } from '../unit/chatCore/support/storeSuite.js';
import { openDatabaseArea } from './support/databaseArea.js';
import { withWebUi } from './support/browser.js';

describe('the browser page’s database', function () {
  this.timeout(60_000);
  const { open } = withWebUi();

  describeConversationStore('IndexedDB', async () => openDatabaseArea((await open()).page));

  describeConversationStore('memory', () => {
    const area = new ConversationMemory();
    return Promise.resolve({
      area,
      put: (id, value) => area.update(id, () => value as unknown as StoredConversation),
    });
  });
});
