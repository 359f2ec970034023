/** Entry of the page in a browser. */
import { BrowserPage } from './browserPage.js';
import { ConversationDatabase, ConversationMemory } from './history/conversationDatabase.js';

const database = new ConversationDatabase();
const failure = await database.open().then(
  () => undefined,
  (error: unknown) => error,
);
/** Only blocked, or a newer version's: it isn't forbidden, and may be there the next time that something is saved. */
const isThere =
  failure instanceof DOMException && (failure.name === 'TimeoutError' || failure.name === 'VersionError');
const area = failure === undefined || isThere ? database : new ConversationMemory();
void new BrowserPage(area).start(area === database);
