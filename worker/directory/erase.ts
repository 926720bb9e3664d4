/** Rows of a table that one statement deletes: D1 stops statements that take too long. */
const ROWS_AT_ONCE = 2_000;

/** The tables that hold what members wrote and read. The group's own row stays as the mark of its deletion. */
const TABLES = ['messages', 'memberships', 'cursors', 'follows'] as const;

/** Erases some rows of a deleted group. Returns whether there was nothing left. Throws what D1 throws. */
export async function eraseSome(database: D1Database, groupId: string): Promise<boolean> {
  const results = await database.batch(
    TABLES.map((table) =>
      database
        .prepare(
          `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE group_id = ? LIMIT ${ROWS_AT_ONCE})`,
        )
        .bind(groupId),
    ),
  );
  return results.every(({ meta }) => meta.changes === 0);
}
