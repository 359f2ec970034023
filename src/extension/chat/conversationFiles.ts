import type { Conversation } from '../../chatCore/conversation.js';
import type { ConversationArea } from '../../chatCore/conversationStore.js';

/** Of the files' format. A file of another version is set aside, not overwritten. */
const VERSION = '1';
const ENDING = '.json';

/** A folder that belongs to the chat. Names are plain file names. */
export interface FileArea {
  /** Names of the files; empty when the folder isn't there yet. */
  list(): Promise<readonly string[]>;
  /** Resolves to `undefined` when there is no such file. */
  read(name: string): Promise<string | undefined>;
  write(name: string, content: string): Promise<void>;
  /** Replaces a file that has the new name already. */
  rename(from: string, to: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/**
 * Each conversation in a JSON file of its own. A new file is written beside the old one and then replaces it, so that
 * a window that is killed meanwhile leaves a whole file.
 */
export class ConversationFiles implements ConversationArea {
  constructor(private readonly files: FileArea) {}

  async readAll(): Promise<ReadonlyMap<string, unknown>> {
    const names = (await this.files.list()).filter((name) => name.endsWith(ENDING));
    const ids = names.map((name) => name.slice(0, -ENDING.length));
    const values = await Promise.all(ids.map(async (id) => [id, await this.read(id)] as const));
    // A file may have been deleted since the folder was listed.
    return new Map(values.filter(([, value]) => value !== undefined));
  }

  /** Resolves to `null` for a file that has no JSON, or that of another version. */
  async read(id: string): Promise<unknown> {
    const content = await this.files.read(nameOf(id));
    if (content === undefined) return undefined;
    try {
      const value = JSON.parse(content) as { readonly version?: unknown } | null;
      return value?.version === VERSION ? value : null;
    } catch {
      return null;
    }
  }

  async write(conversations: readonly Conversation[]): Promise<void> {
    const results = await Promise.allSettled(
      conversations.map((conversation) => this.writeOne(conversation)),
    );
    const failure = results.find((result) => result.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
  }

  async remove(ids: readonly string[]): Promise<void> {
    const existing = new Set(await this.files.list());
    for (const name of ids.map(nameOf)) if (existing.has(name)) await this.files.delete(name);
  }

  async setAside(id: string): Promise<string> {
    const name = `${id}.damaged-${Date.now()}`;
    await this.files.rename(nameOf(id), name);
    return name;
  }

  private async writeOne(conversation: Conversation): Promise<void> {
    const name = nameOf(conversation.id);
    const content = `${JSON.stringify({ version: VERSION, ...conversation }, undefined, 1)}\n`;
    await this.files.write(`${name}.new`, content);
    await this.files.rename(`${name}.new`, name);
  }
}

function nameOf(id: string): string {
  return `${id}${ENDING}`;
}
