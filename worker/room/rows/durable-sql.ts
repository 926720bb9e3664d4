import type { RoomSql } from './sql.ts';

/** The storage of the Durable Object that we run in. */
export function durableSql(storage: DurableObjectStorage): RoomSql {
  return {
    exec: (query, ...bindings) => storage.sql.exec(query, ...bindings),
    transaction: (work) => storage.transactionSync(work),
  };
}
