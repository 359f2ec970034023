import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import type { ConversationArea } from '../../../src/chatCore/conversationStore.js';
import type { ConversationDatabase } from '../../../src/webview/browser/history/conversationDatabase.js';
import type { OpenedArea } from '../../unit/chatCore/support/storeSuite.js';

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
  const open = 'database.ConversationDatabase.open().then((area) => void (window.area = area))';
  // The page's policy blocks other scripts, but not those of the debugger.
  await page.evaluate(`${outputFiles[0]?.text ?? ''}\n${open}`);
  const area: ConversationArea = {
    readAll: async () =>
      new Map(await page.evaluate(async () => [...(await (window as unknown as AreaWindow).area.readAll())])),
    read: (id) => page.evaluate((id) => (window as unknown as AreaWindow).area.read(id), id),
    write: (all) => page.evaluate((all) => (window as unknown as AreaWindow).area.write(all), all),
    remove: (ids) => page.evaluate((ids) => (window as unknown as AreaWindow).area.remove(ids), ids),
    setAside: (id) => page.evaluate((id) => (window as unknown as AreaWindow).area.setAside(id), id),
  };
  return {
    area,
    put: (_id, value) =>
      page.evaluate((value) => (window as unknown as AreaWindow).area.write([value as never]), value),
  };
}
