import type {
  ConversationArea,
  EntryChange,
  StoredConversation,
  StoredEntry,
} from '../../../chatCore/conversationArea.js';

const NAME = 'youtu-code';
const CHATS = 'conversations';
const DAMAGED = 'damaged';
const CHANNEL = 'youtu.conversations';
/** Another tab may keep the database from being opened, without an event that says so. */
const MAX_OPEN_MS = 5000;
/** Wait for a database that didn't open in that time: it may have opened meanwhile. */
const MAX_REOPEN_MS = 100;

/**
 * Conversations in IndexedDB, which holds more than `localStorage` and writes an entry completely or not at all. The
 * connection is opened again when the browser, or another tab's newer page, has closed it.
 */
export class ConversationDatabase implements ConversationArea {
  private connecting: Promise<IDBDatabase> | undefined;
  private maxOpenMs = MAX_OPEN_MS;

  /** Rejects where this page gets no database: with a `VersionError` where a newer version of the page has made it. */
  async open(): Promise<void> {
    await this.connection();
  }

  async readAll(): Promise<ReadonlyMap<string, StoredEntry>> {
    const chats = (await this.connection()).transaction(CHATS).objectStore(CHATS);
    const [keys, values] = await Promise.all([result(chats.getAllKeys()), result<unknown[]>(chats.getAll())]);
    return new Map(
      keys.flatMap((key, index) =>
        typeof key === 'string' ? [[key, { value: values[index] }] as const] : [],
      ),
    );
  }

  async read(id: string): Promise<StoredEntry | undefined> {
    const chats = (await this.connection()).transaction(CHATS).objectStore(CHATS);
    return entryOf(await result<unknown>(chats.get(id)));
  }

  /** Reads and writes in one transaction: other tabs wait for it. */
  async update(id: string, change: EntryChange): Promise<void> {
    await this.change([CHATS], (transaction, fail) => {
      const chats = transaction.objectStore(CHATS);
      const request = chats.get(id);
      request.addEventListener('success', () => {
        try {
          const changed = change(entryOf(request.result));
          if (changed !== undefined) chats.put(changed, id);
        } catch (error) {
          fail(error);
        }
      });
    });
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.change([CHATS], (transaction) => {
      for (const id of ids) transaction.objectStore(CHATS).delete(id);
    });
  }

  async setAside(id: string): Promise<string> {
    await this.change([CHATS, DAMAGED], (transaction) => {
      const chats = transaction.objectStore(CHATS);
      const request = chats.get(id);
      request.addEventListener('success', () => {
        transaction.objectStore(DAMAGED).put({ id, value: request.result as unknown });
        chats.delete(id);
      });
    });
    return id;
  }

  /** Resolves when the changes are on disk. */
  private async change(
    stores: readonly string[],
    run: (transaction: IDBTransaction, fail: (error: unknown) => void) => void,
  ): Promise<void> {
    const database = await this.connection();
    await new Promise<void>((resolve, reject) => {
      const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' });
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')));
      run(transaction, (error) => {
        reject(error instanceof Error ? error : new Error(String(error)));
        transaction.abort();
      });
    });
  }

  private async connection(): Promise<IDBDatabase> {
    this.connecting ??= this.connect();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        this.maxOpenMs = MAX_REOPEN_MS;
        reject(new DOMException('blocked', 'TimeoutError'));
      }, this.maxOpenMs);
    });
    try {
      return await Promise.race([this.connecting, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async connect(): Promise<IDBDatabase> {
    const forget = (): void => {
      this.connecting = undefined;
    };
    try {
      const request = indexedDB.open(NAME, 1);
      request.addEventListener('upgradeneeded', () => {
        request.result.createObjectStore(CHATS);
        request.result.createObjectStore(DAMAGED, { autoIncrement: true });
      });
      const database = await result(request);
      this.maxOpenMs = MAX_OPEN_MS;
      // The browser has closed it, for instance because the user has deleted the page's data.
      database.addEventListener('close', forget);
      // A newer page in another tab is upgrading the database and would wait for this connection.
      database.addEventListener('versionchange', () => {
        database.close();
        forget();
      });
      return database;
    } catch (error) {
      forget();
      throw error;
    }
  }
}

/** For browsers that store nothing: keeps conversations as long as the page is open. */
export class ConversationMemory implements ConversationArea {
  private readonly entries = new Map<string, StoredConversation>();

  readAll(): Promise<ReadonlyMap<string, StoredEntry>> {
    return Promise.resolve(new Map([...this.entries].map(([id, value]) => [id, { value }])));
  }

  read(id: string): Promise<StoredEntry | undefined> {
    return Promise.resolve(entryOf(this.entries.get(id)));
  }

  async update(id: string, change: EntryChange): Promise<void> {
    const changed = change(await this.read(id));
    if (changed !== undefined) this.entries.set(id, changed);
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

function entryOf(value: unknown): StoredEntry | undefined {
  return value === undefined ? undefined : { value };
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
