import type { ObjectSql } from '../../sql.ts';
import { FILL_PASSED_OVER } from './passed-over.ts';

/** Each entry brings the tables to the next version. Entries are only ever added, never edited. */
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
  `
  ALTER TABLE messages ADD COLUMN parent_seq INTEGER;
  ALTER TABLE messages ADD COLUMN also_to_group INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE messages ADD COLUMN updated_at INTEGER;
  ALTER TABLE messages ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE messages ADD COLUMN deleted_at INTEGER;
  ALTER TABLE messages ADD COLUMN reply_count INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE messages ADD COLUMN last_reply_at INTEGER;
  ALTER TABLE messages ADD COLUMN reply_user_ids TEXT;
  ALTER TABLE messages ADD COLUMN mentions TEXT;
  ALTER TABLE messages ADD COLUMN mentioned_here TEXT;
  ALTER TABLE messages ADD COLUMN mentions_all INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE messages ADD COLUMN pinned_at INTEGER;
  ALTER TABLE messages ADD COLUMN pinned_by TEXT;
  CREATE INDEX messages_timeline ON messages (seq) WHERE parent_seq IS NULL OR also_to_group = 1;
  CREATE INDEX messages_thread ON messages (parent_seq, seq) WHERE parent_seq IS NOT NULL;
  CREATE INDEX messages_pinned ON messages (pinned_at) WHERE pinned_at IS NOT NULL;
  CREATE TABLE reactions (
    message_seq INTEGER NOT NULL, emoji TEXT NOT NULL, user_id TEXT NOT NULL,
    first_rev INTEGER NOT NULL, rev INTEGER NOT NULL,
    PRIMARY KEY (message_seq, emoji, user_id)
  ) WITHOUT ROWID;
  CREATE TABLE cursors (
    user_id TEXT PRIMARY KEY, read_seq INTEGER NOT NULL, read_at INTEGER, delivered_seq INTEGER NOT NULL,
    mark INTEGER NOT NULL, version INTEGER NOT NULL, archived_version INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE follows (
    user_id TEXT NOT NULL, root_seq INTEGER NOT NULL, following INTEGER NOT NULL, read_seq INTEGER NOT NULL,
    version INTEGER NOT NULL, archived_version INTEGER NOT NULL,
    PRIMARY KEY (user_id, root_seq)
  ) WITHOUT ROWID;
  CREATE INDEX cursors_dirty ON cursors (user_id) WHERE version > archived_version;
  CREATE INDEX follows_dirty ON follows (user_id, root_seq) WHERE version > archived_version;
  CREATE TABLE departures (user_id TEXT PRIMARY KEY, due_at INTEGER NOT NULL) WITHOUT ROWID;
  UPDATE agenda SET task = 'sockets' WHERE task = 'leases';
  ALTER TABLE members ADD COLUMN profile_at INTEGER NOT NULL DEFAULT 0;
  `,
  `
  ALTER TABLE group_state RENAME COLUMN archived_directory_rev TO mirrored_directory_rev;
  ALTER TABLE group_state RENAME COLUMN archived_messages_rev TO mirrored_messages_rev;
  ALTER TABLE cursors RENAME COLUMN archived_version TO mirrored_version;
  ALTER TABLE follows RENAME COLUMN archived_version TO mirrored_version;
  UPDATE agenda SET task = 'mirror' WHERE task = 'archive';
  `,
  `
  ALTER TABLE group_state ADD COLUMN deleted_at INTEGER;
  `,
  `
  ALTER TABLE members ADD COLUMN fed INTEGER NOT NULL DEFAULT 1;
  CREATE TABLE preferences (
    user_id TEXT PRIMARY KEY, level TEXT NOT NULL, muted_until INTEGER,
    version INTEGER NOT NULL, mirrored_version INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX preferences_dirty ON preferences (user_id) WHERE version > mirrored_version;
  `,
  `
  ALTER TABLE preferences ADD COLUMN hidden_seq INTEGER NOT NULL DEFAULT 0;
  `,
  `
  CREATE TABLE push_members (user_id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE push_position (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL);
  CREATE TABLE push_pending (
    user_id TEXT NOT NULL, seq INTEGER NOT NULL, due_at INTEGER NOT NULL, tries INTEGER NOT NULL,
    PRIMARY KEY (user_id, seq)
  ) WITHOUT ROWID;
  `,
  `
  ALTER TABLE preferences ADD COLUMN read_receipts INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE preferences ADD COLUMN receipts_version INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX preferences_receipts_off ON preferences (user_id) WHERE read_receipts = 0;
  CREATE INDEX messages_joined ON messages (user_id, seq) WHERE system ->> 'kind' = 'joined';
  `,
  `
  ALTER TABLE messages ADD COLUMN attachments TEXT;
  CREATE TABLE files (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, size INTEGER NOT NULL,
    etag TEXT NOT NULL, uploaded_at INTEGER NOT NULL, metadata TEXT NOT NULL, message_seq INTEGER, gone_at INTEGER,
    version INTEGER NOT NULL, mirrored_version INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX files_unsent ON files (uploaded_at) WHERE message_seq IS NULL AND gone_at IS NULL;
  CREATE INDEX files_sent ON files (message_seq) WHERE message_seq IS NOT NULL AND gone_at IS NULL;
  CREATE INDEX files_gone ON files (gone_at) WHERE gone_at IS NOT NULL;
  CREATE INDEX files_dirty ON files (id) WHERE version > mirrored_version;
  `,
  `
  DROP INDEX messages_rev;
  CREATE INDEX messages_changed ON messages (rev) WHERE rev > seq;
  DROP INDEX messages_timeline;
  CREATE TABLE cursor_packs (
    pack INTEGER PRIMARY KEY, cursors TEXT NOT NULL, version INTEGER NOT NULL, mirrored_version INTEGER NOT NULL
  );
  INSERT INTO cursor_packs (pack, cursors, version, mirrored_version)
    SELECT nth / 500, json_group_array(json_array(user_id, read_seq, read_at, mark)), max(version), 0
    FROM (SELECT *, row_number() OVER (ORDER BY user_id) - 1 AS nth FROM cursors) GROUP BY nth / 500;
  DROP TABLE cursors;
  DELETE FROM agenda WHERE task IN ('sockets', 'mirror', 'cursors');
  `,
  `
  ALTER TABLE group_state ADD COLUMN image_id TEXT;
  `,
  `
  CREATE TABLE load_position (
    one INTEGER PRIMARY KEY CHECK (one = 1), step TEXT NOT NULL, after_id TEXT NOT NULL, after_seq INTEGER NOT NULL,
    messages INTEGER NOT NULL, loaded INTEGER NOT NULL, failures INTEGER NOT NULL, due_at INTEGER NOT NULL
  );
  `,
  `
  ALTER TABLE members ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
  CREATE INDEX members_listed ON members (role, name_key, user_id) WHERE left_at IS NULL;
  `,
  `
  ALTER TABLE messages ADD COLUMN timeline_before INTEGER;
  ALTER TABLE messages ADD COLUMN written_before INTEGER;
  ${FILL_PASSED_OVER}
  `,
];

/** Whether this storage has ever held a group. A Room that only answered "no such group" has no tables. */
export function hasTables(sql: ObjectSql): boolean {
  const found = sql.exec(
    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'",
  );
  return found.toArray().length > 0;
}

/** Creates the tables or migrates them to this version. Synchronous, so that the constructor can call it. */
export function migrate(sql: ObjectSql): void {
  sql.transaction(() => {
    sql.exec(
      'CREATE TABLE IF NOT EXISTS schema_version (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL)',
    );
    const [row] = sql.exec<{ version: number }>('SELECT version FROM schema_version').toArray();
    const version = row?.version ?? 0;
    for (const migration of MIGRATIONS.slice(version)) sql.exec(migration);
    // After a rollback the tables are newer than the code. The version stays, or they would be migrated twice later.
    if (version >= MIGRATIONS.length) return;
    sql.exec(
      'INSERT OR REPLACE INTO schema_version (one, version) VALUES (1, ?)',
      MIGRATIONS.length,
    );
  });
}
