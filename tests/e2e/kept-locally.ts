import type { Page } from '@playwright/test';

/** All local storage and databases of `page`, as one text to search in. */
export async function keptLocally(page: Page): Promise<string> {
  const storage = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  return storage + (await keptInDatabases(page));
}

/** All databases of `page`, as one text: the messages of its groups are here, and not the list that shows the last one. */
export async function keptInDatabases(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const kept: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      const db = await done(indexedDB.open(name));
      for (const store of db.objectStoreNames) {
        kept.push(await done(db.transaction(store).objectStore(store).getAll()));
      }
      db.close();
    }
    return JSON.stringify(kept);
  });
}

/** Waits until the service worker can open the page without a network. */
export async function pageIsKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
  });
}
