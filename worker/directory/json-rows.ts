import { type SQL, sql } from 'drizzle-orm';

/**
 * The elements of a JSON array as a table with one column, `value`: D1 takes 100 bound values a statement, and one of them may
 * hold hundreds of rows. Materialised, because SQLite would otherwise write the text of an element anew for each use of
 * `value`: for a row of messages 18 times, which took most of the time of a write.
 */
export function jsonRows(rows: readonly object[]): SQL {
  return sql`(WITH elements AS MATERIALIZED (SELECT value FROM json_each(${JSON.stringify(rows)})) SELECT value FROM elements)`;
}
