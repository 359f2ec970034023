import type { Conversation } from '../../../chatCore/conversation.js';
import type { ConversationArea } from '../../../chatCore/conversationStore.js';

const NAME = 'youtu-code';
const CHATS = 'conversations';
const DAMAGED = 'damaged';
const CHANNEL = 'youtu.conversations';

/** Conversations in IndexedDB, which holds more than `localStorage` and writes an entry completely or not at all. */
export class ConversationDatabase implements ConversationArea {
  private constructor(private readonly database: IDBDatabase) {}

  /** Rejects in a browser that allows this page no database. */
  static async open(): Promise<ConversationDatabase> {
    const request = indexedDB.open(NAME, 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore(CHATS);
      request.result.createObjectStore(DAMAGED, { autoIncrement: true });
    });
    const database = await result(request);
    // A newer page in another tab is upgrading the database and would wait for this connection.
    database.addEventListener('versionchange', () => database.close());
    return new ConversationDatabase(database);
  }

  async readAll(): Promise<ReadonlyMap<string, unknown>> {
    const chats = this.database.transaction(CHATS).objectStore(CHATS);
    const [keys, values] = await Promise.all([result(chats.getAllKeys()), result<unknown[]>(chats.getAll())]);
    return new Map(
      keys.flatMap((key, index) => (typeof key === 'string' ? [[key, values[index]] as const] : [])),
    );
  }

  read(id: string): Promise<unknown> {
    return result<unknown>(this.database.transaction(CHATS).objectStore(CHATS).get(id));
  }

  write(conversations: readonly Conversation[]): Promise<void> {
    return this.change([CHATS], (transaction) => {
      const chats = transaction.objectStore(CHATS);
      for (const conversation of conversations) chats.put(conversation, conversation.id);
    });
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.change([CHATS], (transaction) => {
      for (const id of ids) transaction.objectStore(CHATS).delete(id);
    });
  }

  async setAside(id: string): Promise<string> {
    const value = await this.read(id);
    await this.change([CHATS, DAMAGED], (transaction) => {
      transaction.objectStore(DAMAGED).put({ id, value });
      transaction.objectStore(CHATS).delete(id);
    });
    return id;
  }

  /** Resolves when the changes are stored. */
  private change(stores: readonly string[], run: (transaction: IDBTransaction) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(stores, 'readwrite');
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')));
      run(transaction);
    });
  }
}

/** For browsers that store nothing: keeps conversations as long as the page is open. */
export class ConversationMemory implements ConversationArea {
  private readonly entries = new Map<string, unknown>();

  readAll(): Promise<ReadonlyMap<string, unknown>> {
    return Promise.resolve(new Map(this.entries));
  }

  read(id: string): Promise<unknown> {
    return Promise.resolve(this.entries.get(id));
  }

  write(conversations: readonly Conversation[]): Promise<void> {
    for (const conversation of conversations) this.entries.set(conversation.id, conversation);
    return Promise.resolve();
  }

  remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.entries.delete(id);
    return Promise.resolve();
  }

  async setAside(id: string): Promise<string> {
    await this.remove([id]);
    return id;
  }
}

/** The same page in other tabs of the browser: each says which conversations it has stored or removed. */
export class OtherTabs {
  private readonly channel = new BroadcastChannel(CHANNEL);

  constructor(onDidChange: (ids: readonly string[]) => void) {
    this.channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (Array.isArray(data)) onDidChange(data.map(String));
    });
  }

  notify(ids: readonly string[]): void {
    this.channel.postMessage(ids);
  }
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('failed')));
  });
}
