import type { Page } from 'playwright-core';

/** All entries of an object store of the page's database. */
export function keptEntries(page: Page, store: 'conversations' | 'damaged'): Promise<readonly unknown[]> {
  return page.evaluate(async (store) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('youtu-code');
      request.addEventListener('success', () => resolve(request.result));
    });
    const all = await new Promise<unknown[]>((resolve) => {
      const request = database.transaction(store).objectStore(store).getAll();
      request.addEventListener('success', () => resolve(request.result as unknown[]));
    });
    database.close();
    return all;
  }, store);
}
