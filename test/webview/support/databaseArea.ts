import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import type {
  ConversationArea,
  StoredConversation,
  StoredEntry,
} from '../../../src/chatCore/conversationArea.js';
import type { ConversationDatabase } from '../../../src/webview/browser/history/conversationDatabase.js';
import type { OpenedArea } from '../../unit/chatCore/support/conversations.js';

const root = process.env['YOUTU_ROOT'] ?? process.cwd();

interface AreaWindow {
  readonly area: ConversationDatabase;
}

/** The page's database of conversations, used from here: each call runs in the page. */
export async function openDatabaseArea(page: Page): Promise<OpenedArea> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/webview/browser/history/conversationDatabase.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'database',
  });
  // The page's policy blocks other scripts, but not those of the debugger.
  await page.evaluate(
    `${outputFiles[0]?.text ?? ''}\nwindow.area = new database.ConversationDatabase(); undefined`,
  );
  const put = (id: string, value: StoredConversation): Promise<void> =>
    page.evaluate(([id, value]) => (window as unknown as AreaWindow).area.update(id, () => value), [
      id,
      value,
    ] as const);
  const read = (id: string): Promise<StoredEntry | undefined> =>
    page.evaluate((id) => (window as unknown as AreaWindow).area.read(id), id);
  const area: ConversationArea = {
    readAll: async () =>
      new Map(await page.evaluate(async () => [...(await (window as unknown as AreaWindow).area.readAll())])),
    read,
    // A function can't get into the page.
    update: async (id, change) => {
      const value = change(await read(id));
      if (value !== undefined) await put(id, value);
    },
    remove: (ids) => page.evaluate((ids) => (window as unknown as AreaWindow).area.remove(ids), ids),
    setAside: (id) => page.evaluate((id) => (window as unknown as AreaWindow).area.setAside(id), id),
  };
  return {
    area,
    put: (id, value) => put(id, value as unknown as StoredConversation),
  };
}
