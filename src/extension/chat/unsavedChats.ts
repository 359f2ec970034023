import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Conversation } from '../../chatCore/conversation.js';
import type { ConversationArea } from '../../chatCore/conversationArea.js';
import { toStored } from '../../chatCore/storedConversation.js';
import { ChatFolder } from './chatFolder.js';
import { ConversationFiles } from './conversationFiles.js';

/** Keeps chats that can't be saved where they belong in other folders, until a later window can save them. */
export class UnsavedChats {
  private isEmpty = false;
  private last: Promise<unknown> = Promise.resolve();

  /** @param folders in the order in which they are tried */
  constructor(private readonly folders: readonly string[]) {}

  /** Resolves to whether all of them are kept. */
  keep(conversations: readonly Conversation[]): Promise<boolean> {
    return this.inTurn(async () => {
      this.isEmpty = false;
      let areAllKept = true;
      for (const conversation of conversations) areAllKept = (await this.keepOne(conversation)) && areAllKept;
      return areAllKept;
    });
  }

  /** All that is kept: values for {@link ConversationStore.saveLeft}, by id. */
  read(): Promise<ReadonlyMap<string, unknown>> {
    return this.inTurn(async () => {
      const values = new Map<string, unknown>();
      for (const area of await this.areas()) {
        const entries = await area.readAll().catch(() => new Map<string, never>());
        for (const [id, entry] of entries) if ('value' in entry) values.set(id, entry.value);
      }
      this.isEmpty = values.size === 0;
      return values;
    });
  }

  /** They have been saved where they belong. */
  remove(ids: readonly string[]): Promise<void> {
    return this.inTurn(async () => {
      if (this.isEmpty) return;
      // What stays is saved once more by the next window, which changes nothing.
      for (const area of await this.areas()) await area.remove(ids).catch(() => undefined);
    });
  }

  private async keepOne(conversation: Conversation): Promise<boolean> {
    const { id } = conversation;
    for (const folder of this.folders) {
      if (!(await isPrivate(folder, true))) continue;
      try {
        await areaIn(folder).update(id, () => toStored(conversation));
        return true;
      } catch {
        // The next place may be on another disk.
        continue;
      }
    }
    return false;
  }

  private async areas(): Promise<readonly ConversationArea[]> {
    const areas: ConversationArea[] = [];
    for (const folder of this.folders) if (await isPrivate(folder, false)) areas.push(areaIn(folder));
    return areas;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }
}

/** Folders for the chats of `chatsFolder`: beside those of other workspaces, then in the user's own folder, which may be on another disk. */
export function foldersForUnsaved(chatsFolder: string, globalStorage: string): readonly string[] {
  const workspace = createHash('sha256').update(chatsFolder).digest('hex').slice(0, 16);
  return [join(globalStorage, 'unsaved', workspace), join(homedir(), '.youtu-code', 'unsaved', workspace)];
}

const areaIn = (folder: string): ConversationArea => new ConversationFiles(new ChatFolder(folder));

/** Whether the folder is there and no other user can write to it. */
async function isPrivate(folder: string, isNeeded: boolean): Promise<boolean> {
  try {
    if (isNeeded) await mkdir(folder, { recursive: true, mode: 0o700 });
    const found = await lstat(folder);
    const uid = process.getuid?.();
    return found.isDirectory() && (uid === undefined || (found.uid === uid && (found.mode & 0o022) === 0));
  } catch {
    return false;
  }
}
