/** Entry of the page in a browser. */
import { BrowserPage } from './browserPage.js';
import { ConversationDatabase, ConversationMemory } from './history/conversationDatabase.js';

const database = await ConversationDatabase.open().catch(() => undefined);
void new BrowserPage(database ?? new ConversationMemory()).start(database !== undefined);
