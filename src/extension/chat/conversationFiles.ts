import type { ConversationArea, EntryChange, StoredEntry } from '../../chatCore/conversationArea.js';

const ENDING = '.json';
/** Of a conversation's id, which is a part of its file's name. */
const ID = /^[\w-]+$/;

/** A lock that its holder may lose while the process is suspended. */
export interface Hold {
  /** Rejects when the lock has been lost. */
  check(): Promise<void>;
}

/** A folder that belongs to the chat. Names are plain file names. */
export interface FileArea {
  /** Names of the files; empty when the folder isn't there yet. */
  list(): Promise<readonly string[]>;
  /** Resolves to `undefined` when there is no such file. */
  read(name: string): Promise<string | undefined>;
  /** A process or machine that ends meanwhile leaves the whole old content, or the whole new one. */
  replace(name: string, content: string, hold: Hold): Promise<void>;
  /** Replaces a file that has the new name already. */
  rename(from: string, to: string): Promise<void>;
  delete(name: string): Promise<void>;
  /** Runs work for a name exclusively, across all processes. */
  exclusively<T>(name: string, work: (hold: Hold) => Promise<T>): Promise<T>;
}

/** Each conversation in a JSON file of its own. */
export class ConversationFiles implements ConversationArea {
  constructor(private readonly files: FileArea) {}

  async readAll(): Promise<ReadonlyMap<string, StoredEntry>> {
    const names = (await this.files.list()).filter((name) => name.endsWith(ENDING));
    const ids = names.map((name) => name.slice(0, -ENDING.length));
    const entries = new Map<string, StoredEntry>();
    for (const id of ids) {
      const entry = await this.read(id);
      // A file may have been deleted since the folder was listed.
      if (entry !== undefined) entries.set(id, entry);
    }
    return entries;
  }

  async read(id: string): Promise<StoredEntry | undefined> {
    if (!ID.test(id)) return undefined;
    let content: string | undefined;
    try {
      content = await this.files.read(nameOf(id));
    } catch (error) {
      return { error };
    }
    return content === undefined ? undefined : { value: parsed(content) };
  }

  async update(id: string, change: EntryChange): Promise<void> {
    const name = nameOf(id);
    await this.files.exclusively(name, async (hold) => {
      const value = change(await this.read(id));
      if (value === undefined) return;
      await this.files.replace(name, `${JSON.stringify(value, undefined, 1)}\n`, hold);
    });
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const name of ids.map(nameOf)) await this.files.delete(name);
  }

  async setAside(id: string): Promise<string> {
    const name = `${id}.damaged-${Date.now()}`;
    await this.files.rename(nameOf(id), name);
    return name;
  }
}

/** `undefined` for what isn't JSON. */
function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function nameOf(id: string): string {
  if (!ID.test(id)) throw new Error(`not an id of a chat: ${id}`);
  return `${id}${ENDING}`;
}
