/** Rows of a table that one statement erases: D1 stops statements that take too long. */
const ROWS_AT_ONCE = 2_000;

/**
 * What goes from each table that holds what members wrote and read. The group's own row stays as the mark of its deletion, and
 * the memberships of guests as former ones: without any, they would no longer count as guests (`isGuest`).
 */
const STATEMENTS = [
  erasing('messages', 'true'),
  erasing('cursors', 'true'),
  erasing('follows', 'true'),
  erasing('preferences', 'true'),
  erasing('memberships', "role <> 'guest'"),
  'UPDATE memberships SET left_at = joined_at WHERE group_id = ? AND left_at IS NULL',
];

/** Erases some rows of a deleted group. Returns whether there was nothing left. Throws what D1 throws. */
export async function eraseSome(database: D1Database, groupId: string): Promise<boolean> {
  const results = await database.batch(
    STATEMENTS.map((statement) => database.prepare(statement).bind(groupId)),
  );
  return results.every(({ meta }) => meta.changes === 0);
}

function erasing(table: string, where: string): string {
  return `DELETE FROM ${table} WHERE rowid IN (
    SELECT rowid FROM ${table} WHERE group_id = ? AND ${where} LIMIT ${ROWS_AT_ONCE})`;
}
