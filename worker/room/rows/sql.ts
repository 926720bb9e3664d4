/** A value as SQLite keeps it. */
export type SqlValue = string | number | null | ArrayBuffer;

/** One row, by column name. */
export type SqlRow = Record<string, SqlValue>;

/**
 * The part of a Durable Object's SQLite that the Room uses. Everything is synchronous: between two statements no other
 * request can come in. Tests run the same statements on Node's SQLite.
 */
export interface RoomSql {
  exec<Row extends SqlRow>(query: string, ...bindings: SqlValue[]): { toArray(): Row[] };
  /** All of `work` is written, or, if it throws, nothing. */
  transaction<T>(work: () => T): T;
}
