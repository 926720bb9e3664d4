import type { RoomSql } from './room-sql.ts';

/** Each entry brings the tables one version further; entries are only ever added. */
const MIGRATIONS = [
  `
  CREATE TABLE group_state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    kind TEXT NOT NULL, name TEXT NOT NULL, topic TEXT NOT NULL, visibility TEXT NOT NULL,
    created_by TEXT NOT NULL, created_at INTEGER NOT NULL, archived_at INTEGER,
    rev INTEGER NOT NULL, member_count INTEGER NOT NULL,
    counter INTEGER NOT NULL, epoch TEXT NOT NULL,
    archived_directory_rev INTEGER NOT NULL, archived_messages_rev INTEGER NOT NULL
  );
  CREATE TABLE members (
    user_id TEXT PRIMARY KEY, role TEXT NOT NULL, joined_at INTEGER NOT NULL, left_at INTEGER,
    rev INTEGER NOT NULL, profile TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX members_rev ON members (rev);
  CREATE TABLE messages (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, rev INTEGER NOT NULL,
    user_id TEXT NOT NULL, content TEXT NOT NULL, created_at INTEGER NOT NULL, system TEXT
  );
  CREATE INDEX messages_rev ON messages (rev);
  CREATE TABLE revoked (who TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE agenda (task TEXT PRIMARY KEY, due_at INTEGER NOT NULL) WITHOUT ROWID;
  `,
];

/** Whether this storage has ever held a group. A Room that only answered "no such group" has no tables. */
export function hasTables(sql: RoomSql): boolean {
  const found = sql.exec(
    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'",
  );
  return found.toArray().length > 0;
}

/** Creates the tables, or brings them to this version. Synchronous, so that it can run in the constructor. */
export function migrate(sql: RoomSql): void {
  sql.transaction(() => {
    sql.exec(
      'CREATE TABLE IF NOT EXISTS schema_version (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL)',
    );
    const [row] = sql.exec<{ version: number }>('SELECT version FROM schema_version').toArray();
    const version = row?.version ?? 0;
    for (const migration of MIGRATIONS.slice(version)) sql.exec(migration);
    if (version === MIGRATIONS.length) return;
    sql.exec(
      'INSERT OR REPLACE INTO schema_version (one, version) VALUES (1, ?)',
      MIGRATIONS.length,
    );
  });
}
