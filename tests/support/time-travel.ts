import type { Edgewise } from './edgewise.ts';

/** The tables that Rooms write, with the column that names the group. */
const MIRROR = {
  groups: 'id',
  memberships: 'group_id',
  messages: 'group_id',
  cursors: 'group_id',
  follows: 'group_id',
  preferences: 'group_id',
  files: 'group_id',
};

/** Remembers what D1 has of a group. The returned function sets it back to that, as D1's Time Travel does. */
export async function rememberMirror(
  { db }: Edgewise,
  groupId: string,
): Promise<() => Promise<void>> {
  const tables = Object.entries(MIRROR);
  const remembered = `then_${groupId.replaceAll('-', '')}`;
  await db.batch(
    tables.map(([table, column]) =>
      db.prepare(
        `CREATE TABLE ${table}_${remembered} AS SELECT * FROM ${table} WHERE ${column} = '${groupId}'`,
      ),
    ),
  );
  return async () => {
    await db.batch(
      tables.flatMap(([table, column]) => [
        db.prepare(`DELETE FROM ${table} WHERE ${column} = ?`).bind(groupId),
        db.prepare(`INSERT INTO ${table} SELECT * FROM ${table}_${remembered}`),
      ]),
    );
  };
}
