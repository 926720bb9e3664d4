/** Rows of a table that one statement writes: D1 stops statements that take too long. */
const ROWS_AT_ONCE = 2_000;

/** Whether someone has another membership, by its role. `m` is the membership in the deleted group. */
const HAS_OTHER = (role: string) => `EXISTS (SELECT 1 FROM memberships other
  WHERE other.user_id = m.user_id AND other.group_id <> m.group_id AND other.role ${role})`;

/**
 * What goes from each table that holds what members wrote and read. The group's own row stays as the mark of its deletion. A
 * membership stays, as a former one, if without it someone would count as a guest who is none, or the other way round
 * (`isGuest`).
 */
const STATEMENTS = [
  erasing('messages', 'true'),
  erasing('cursors', 'true'),
  erasing('cursor_packs', 'true'),
  erasing('follows', 'true'),
  erasing('preferences', 'true'),
  erasing('files', 'true'),
  `DELETE FROM invite_uses WHERE rowid IN (
     SELECT used.rowid FROM invite_uses used JOIN invites USING (code) WHERE group_id = ? LIMIT ${ROWS_AT_ONCE})`,
  // Those whose uses are erased: without it they could not be found.
  erasing('invites', 'NOT EXISTS (SELECT 1 FROM invite_uses used WHERE used.code = m.code)'),
  erasing(
    'memberships',
    `m.role <> 'guest' AND (NOT ${HAS_OTHER("= 'guest'")} OR ${HAS_OTHER("<> 'guest'")})`,
  ),
  `UPDATE memberships SET left_at = joined_at WHERE rowid IN (
     SELECT rowid FROM memberships WHERE group_id = ? AND left_at IS NULL LIMIT ${ROWS_AT_ONCE})`,
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
    SELECT rowid FROM ${table} m WHERE group_id = ? AND ${where} LIMIT ${ROWS_AT_ONCE})`;
}
