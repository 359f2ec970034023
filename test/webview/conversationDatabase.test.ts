import { ConversationMemory } from '../../src/webview/browser/history/conversationDatabase.js';
import type { Conversation } from '../../src/chatCore/conversation.js';
import { describeConversationStore } from '../unit/chatCore/support/storeSuite.js';
import { openDatabaseArea } from './support/databaseArea.js';
import { withWebUi } from './support/browser.js';

describe('the stored chats of the page in a browser', function () {
  this.timeout(60_000);
  const { open } = withWebUi();

  describeConversationStore('IndexedDB', async () => openDatabaseArea((await open()).page));

  describeConversationStore('memory', () => {
    const area = new ConversationMemory();
    // The area puts an entry under its id, which these entries have.
    return Promise.resolve({ area, put: (_id, value) => area.write([value as unknown as Conversation]) });
  });
});
