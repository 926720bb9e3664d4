import type { RowsWritten } from './rows-written.ts';

/** A value as SQLite stores it. */
export type SqlValue = string | number | null | ArrayBuffer;

/** One row, by column name. */
export type SqlRow = Record<string, SqlValue>;

/**
 * The part of a Durable Object's SQLite that the Room uses. Every call is synchronous, so no other request can run between
 * two statements. Tests run the same statements on Node's SQLite.
 */
export interface ObjectSql {
  exec<Row extends SqlRow>(query: string, ...bindings: SqlValue[]): { toArray(): Row[] };
  /** Writes everything that `work` writes or, if it throws, nothing. */
  transaction<T>(work: () => T): T;
}

/** The SQLite of the Durable Object that owns `storage`. Adds to `written` what it writes and reads. */
export function durableSql(storage: DurableObjectStorage, written?: RowsWritten): ObjectSql {
  return {
    exec<Row extends SqlRow>(query: string, ...bindings: SqlValue[]) {
      const cursor = storage.sql.exec<Row>(query, ...bindings);
      // A statement is complete once its rows are read.
      const rows = cursor.toArray();
      if (written) {
        written.rows += cursor.rowsWritten;
        written.read += cursor.rowsRead;
      }
      return { toArray: () => rows };
    },
    transaction: (work) => storage.transactionSync(work),
  };
}

/** The column `n` of the first row; 0 without a row. */
export function numberIn(sql: ObjectSql, query: string, ...bindings: SqlValue[]): number {
  const [row] = sql.exec<{ n: number }>(query, ...bindings).toArray();
  return row?.n ?? 0;
}

/** Inserts one row whose keys are the columns. */
export function insertRow(sql: ObjectSql, table: string, row: SqlRow): void {
  const columns = Object.keys(row);
  sql.exec(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ...Object.values(row),
  );
}
