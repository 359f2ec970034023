import { ConversationMemory } from '../../src/webview/browser/history/conversationDatabase.js';
import type { Conversation } from '../../src/chatCore/conversation.js';
import { describeConversationStore } from '../unit/chatCore/support/storeSuite.js';
import { openDatabaseArea } from './support/databaseArea.js';
import { withWebUi } from './support/browser.js';

describe('the browser page’s database', function () {
  this.timeout(60_000);
  const { open } = withWebUi();

  describeConversationStore('IndexedDB', async () => openDatabaseArea((await open()).page));

  describeConversationStore('memory', () => {
    const area = new ConversationMemory();
    // The area stores an entry under its id.
    return Promise.resolve({ area, put: (_id, value) => area.write([value as unknown as Conversation]) });
  });
});
