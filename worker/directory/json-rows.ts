import { type SQL, sql } from 'drizzle-orm';

/**
 * The elements of a JSON array as a table with one column, `value`. D1 takes 100 bound values per statement, and one of them can
 * hold hundreds of rows. Materialized, because SQLite otherwise serializes an element again for each use of `value`: 18 times for
 * a row of messages, which took most of the time of a write.
 */
export function jsonRows(rows: readonly object[]): SQL {
  return sql`(WITH elements AS MATERIALIZED (SELECT value FROM json_each(${JSON.stringify(rows)})) SELECT value FROM elements)`;
}
