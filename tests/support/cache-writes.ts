import { vi } from 'vitest';

/** What the page wrote into the local database. */
export interface CacheWrites {
  /** Transactions that may write cached groups. */
  transactions: number;
  /** The rows that were put and deleted, by store. */
  put: Record<string, number>;
  deleted: Record<string, number>;
}

/**
 * Counts, from now on, what is written into fake-indexeddb, until `vi.restoreAllMocks`. The returned function gives the counts
 * since it was last called.
 */
export function countCacheWrites(): () => CacheWrites {
  let writes: CacheWrites = { transactions: 0, put: {}, deleted: {} };
  const { transaction } = IDBDatabase.prototype;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
    this: IDBDatabase,
    ...[stores, mode, options]
  ) {
    if (mode === 'readwrite' && [...stores].includes('groups')) writes.transactions += 1;
    return transaction.call(this, stores, mode, options);
  });
  const { put, delete: remove } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...row
  ) {
    count(writes.put, this);
    return put.apply(this, row);
  });
  vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(function (
    this: IDBObjectStore,
    key,
  ) {
    count(writes.deleted, this);
    return remove.call(this, key);
  });
  return () => {
    const counted = writes;
    writes = { transactions: 0, put: {}, deleted: {} };
    return counted;
  };
}

function count(rows: Record<string, number>, { name }: IDBObjectStore): void {
  rows[name] = (rows[name] ?? 0) + 1;
}
