/** The stand-in's tables. Times are ms UTC. */
const TABLES = `
  CREATE TABLE IF NOT EXISTS credentials (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    private_key TEXT NOT NULL, public_key TEXT NOT NULL, secret_key TEXT NOT NULL, webhook_signing_secret TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, address TEXT NOT NULL UNIQUE, password TEXT,
    first_name TEXT, last_name TEXT, picture_id TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS pictures (
    id TEXT NOT NULL, part INTEGER NOT NULL, type TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (id, part)
  );
  CREATE TABLE IF NOT EXISTS clients (
    id TEXT PRIMARY KEY, created_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL, client_id TEXT NOT NULL, status TEXT NOT NULL,
    created_at INTEGER NOT NULL, touched_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS sessions_client ON sessions (client_id, status);
  CREATE INDEX IF NOT EXISTS sessions_user ON sessions (user_id, status);
  CREATE TABLE IF NOT EXISTS sign_ins (client_id TEXT PRIMARY KEY, id TEXT NOT NULL, identifier TEXT) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sign_ups (
    client_id TEXT PRIMARY KEY, id TEXT NOT NULL, address TEXT, password TEXT, first_name TEXT, last_name TEXT
  ) WITHOUT ROWID;
`;

/** Creates missing tables. Synchronous, so that the constructor of the object can call it. */
export function createTables(sql: SqlStorage): void {
  sql.exec(TABLES);
}
