import type { ObjectSql } from '../../sql.ts';

/** The tables of an Inbox. */
const TABLES = `
  CREATE TABLE IF NOT EXISTS entries (
    group_id TEXT PRIMARY KEY, entry TEXT NOT NULL, counter INTEGER NOT NULL, outdated INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS profile (one INTEGER PRIMARY KEY CHECK (one = 1), user TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS settings (one INTEGER PRIMARY KEY CHECK (one = 1), settings TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS favourites (one INTEGER PRIMARY KEY CHECK (one = 1), group_ids TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS allowances (what TEXT PRIMARY KEY, since INTEGER NOT NULL, spent INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS stored_files (file_id TEXT PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT, notice TEXT NOT NULL, created_at INTEGER NOT NULL, due_at INTEGER NOT NULL,
    after TEXT NOT NULL, missed TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS push_subscriptions (
    id TEXT PRIMARY KEY, endpoint TEXT NOT NULL, p256dh TEXT NOT NULL, auth TEXT NOT NULL, session_id TEXT NOT NULL,
    renewed_at INTEGER NOT NULL, delivered_at INTEGER, failure TEXT
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS pushes (
    group_id TEXT PRIMARY KEY, message_id TEXT NOT NULL, notification TEXT NOT NULL, created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL, tries INTEGER NOT NULL, sent TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS shown (
    group_id TEXT PRIMARY KEY, notification TEXT NOT NULL, is_read INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS revoked (who TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS agenda (task TEXT PRIMARY KEY, due_at INTEGER NOT NULL) WITHOUT ROWID;
`;

/** Creates the tables. Synchronous, so that the constructor can call it. */
export function createTables(sql: ObjectSql): void {
  sql.transaction(() => sql.exec(TABLES));
}
