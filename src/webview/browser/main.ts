/** Entry of the page in a browser. */
import { BrowserPage } from './browserPage.js';
import { MemoryArea } from './history/conversationArea.js';
import { DatabaseArea } from './history/databaseArea.js';

const database = await DatabaseArea.open().catch(() => undefined);
void new BrowserPage(database ?? new MemoryArea()).start(database !== undefined);
