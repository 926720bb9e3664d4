import type { User } from '../../protocol/models.ts';

/** A Room's tables as version 2 of their schema had them, where the mirror was called the archive. */
const TABLES = `
  CREATE TABLE schema_version (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL);
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
    rev INTEGER NOT NULL, profile TEXT NOT NULL, profile_at INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE INDEX members_rev ON members (rev);
  CREATE TABLE messages (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, rev INTEGER NOT NULL,
    user_id TEXT NOT NULL, content TEXT NOT NULL, created_at INTEGER NOT NULL, system TEXT,
    parent_seq INTEGER, also_to_group INTEGER NOT NULL DEFAULT 0, updated_at INTEGER,
    edited INTEGER NOT NULL DEFAULT 0, deleted_at INTEGER, reply_count INTEGER NOT NULL DEFAULT 0,
    last_reply_at INTEGER, reply_user_ids TEXT, mentions TEXT, mentioned_here TEXT,
    mentions_all INTEGER NOT NULL DEFAULT 0, pinned_at INTEGER, pinned_by TEXT
  );
  CREATE INDEX messages_rev ON messages (rev);
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
  CREATE TABLE revoked (who TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE agenda (task TEXT PRIMARY KEY, due_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE departures (user_id TEXT PRIMARY KEY, due_at INTEGER NOT NULL) WITHOUT ROWID;
`;

/** The id of message `n` in these rows. */
export const idOf = (n: number) => `0199a000-0000-7000-8000-00000000000${n}`;

/**
 * The statements that write a Room as version 2 left it: a public group of two at rev 9, with a thread (5, its reply 6), a
 * reaction (7) and a deleted message (8). D1 has members and messages up to rev 4, Grace's rows and none of Ada's; the
 * tasks that write the rest have been due since 1970.
 */
export function roomOfVersion2(ada: User, grace: User): string {
  return `${TABLES}
    INSERT INTO schema_version VALUES (1, 2);
    INSERT INTO group_state VALUES (1, 'group', 'Engines', 'of yore', 'public', '${ada.id}', 1000, NULL, 1, 2, 9, 'epoch-1', 4, 4);
    INSERT INTO members VALUES ('${ada.id}', 'owner', 1000, NULL, 2, '${JSON.stringify(ada)}', 7),
      ('${grace.id}', 'member', 1000, NULL, 3, '${JSON.stringify(grace)}', 8);
    INSERT INTO messages (seq, id, rev, user_id, content, created_at, system) VALUES
      (4, '${idOf(4)}', 4, '${ada.id}', '', 1000, '{"kind":"created","text":"Engines"}');
    INSERT INTO messages (seq, id, rev, user_id, content, created_at, reply_count, last_reply_at, reply_user_ids, mentions) VALUES
      (5, '${idOf(5)}', 7, '${ada.id}', 'a root, <@${grace.id}>', 2000, 1, 3000, '["${grace.id}"]', '["${grace.id}"]');
    INSERT INTO messages (seq, id, rev, user_id, content, created_at, parent_seq) VALUES
      (6, '${idOf(6)}', 6, '${grace.id}', 'a reply', 3000, 5);
    INSERT INTO messages (seq, id, rev, user_id, content, created_at, updated_at, deleted_at) VALUES
      (8, '${idOf(8)}', 9, '${grace.id}', '', 4000, 5000, 5000);
    INSERT INTO reactions VALUES (5, '👍', '${grace.id}', 7, 7);
    INSERT INTO cursors VALUES ('${ada.id}', 6, 3500, 8, 1, 3, 2), ('${grace.id}', 5, 2500, 5, 0, 1, 1);
    INSERT INTO follows VALUES ('${ada.id}', 5, 1, 6, 2, 0), ('${grace.id}', 5, 0, 6, 1, 1);
    INSERT INTO agenda VALUES ('archive', 1), ('cursors', 2);`;
}
