import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Edgewise } from './edgewise.ts';
import { eventually } from './eventually.ts';
import { SOON_SETTLED } from './unlimited.ts';

/** How long a test waits for D1, also on a busy machine. */
const WITHIN_MS = 25_000;

const MESSAGE_COLUMNS = `seq, id, rev, parent_seq, also_to_group, user_id, content, created_at, updated_at, edited,
  deleted_at, reply_count, last_reply_at, reply_user_ids, mentions, mentioned_here, mentions_all, pinned_at, pinned_by, system,
  attachments`;
const MEMBER_COLUMNS = 'user_id, role, joined_at, left_at, rev';
const CURSOR_COLUMNS = 'pack, cursors, version';
const FOLLOW_COLUMNS = 'user_id, root_seq, following, read_seq, version';
const PREFERENCE_COLUMNS =
  'user_id, level, muted_until, hidden_seq, read_receipts, receipts_version, version';
const FILE_COLUMNS =
  'id, user_id, name, type, size, etag, uploaded_at, metadata, message_seq, gone_at, version';
const REACTION_COLUMNS = 'emoji, user_id, first_rev, rev';

type Rows = Record<string, unknown>[];

/** Everything of one group that both the Room and D1 store, table by table. */
interface GroupRows {
  messages: Rows;
  reactions: Rows;
  members: Rows;
  cursors: Rows;
  follows: Rows;
  preferences: Rows;
  files: Rows;
}

/** A group's rows in D1. */
export async function mirroredRows({ db }: Edgewise, groupId: string): Promise<GroupRows> {
  const select = async (query: string) =>
    (await db.prepare(query).bind(groupId).all<Record<string, unknown>>()).results;
  return {
    messages: await select(
      `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE group_id = ? ORDER BY seq`,
    ),
    reactions: await select(
      `SELECT seq AS message_seq, ${REACTION_COLUMNS.split(', ')
        .map((column, at) => `r.value ->> ${at} AS ${column}`)
        .join(', ')}
       FROM messages, json_each(reactions) r WHERE group_id = ? ORDER BY 1, 2, 3`,
    ),
    members: await select(
      `SELECT ${MEMBER_COLUMNS} FROM memberships WHERE group_id = ? ORDER BY user_id`,
    ),
    cursors: await select(
      `SELECT ${CURSOR_COLUMNS} FROM cursor_packs WHERE group_id = ? ORDER BY pack`,
    ),
    follows: await select(
      `SELECT ${FOLLOW_COLUMNS} FROM follows WHERE group_id = ? ORDER BY user_id, root_seq`,
    ),
    preferences: await select(
      `SELECT ${PREFERENCE_COLUMNS} FROM preferences WHERE group_id = ? ORDER BY user_id`,
    ),
    files: await select(`SELECT ${FILE_COLUMNS} FROM files WHERE group_id = ? ORDER BY id`),
  };
}

/** A group's rows in the Room. */
async function roomRows(edgewise: Edgewise, groupId: string): Promise<GroupRows> {
  const select = (query: string) => edgewise.roomSql(groupId, query);
  return {
    messages: await select(`SELECT ${MESSAGE_COLUMNS} FROM messages ORDER BY seq`),
    reactions: await select(
      `SELECT message_seq, ${REACTION_COLUMNS} FROM reactions ORDER BY 1, 2, 3`,
    ),
    members: await select(`SELECT ${MEMBER_COLUMNS} FROM members ORDER BY user_id`),
    cursors: await select(`SELECT ${CURSOR_COLUMNS} FROM cursor_packs ORDER BY pack`),
    follows: await select(`SELECT ${FOLLOW_COLUMNS} FROM follows ORDER BY user_id, root_seq`),
    preferences: await select(`SELECT ${PREFERENCE_COLUMNS} FROM preferences ORDER BY user_id`),
    files: await select(`SELECT ${FILE_COLUMNS} FROM files ORDER BY id`),
  };
}

/** Waits until D1 has every row of the Room; returns the rows. */
export async function mirrorComplete(edgewise: Edgewise, groupId: string): Promise<GroupRows> {
  await sleep(2 * Number(SOON_SETTLED.ROOM_COLLECT_CURSORS_MS));
  return eventually(async () => {
    const mirrored = await mirroredRows(edgewise, groupId);
    expect(mirrored).toEqual(await roomRows(edgewise, groupId));
    return mirrored;
  }, WITHIN_MS);
}

/** Empties the Room's storage and memory, as if its object had moved to an empty disk. */
export async function emptyRoom(edgewise: Edgewise, groupId: string): Promise<void> {
  const tables = await edgewise.roomSql(
    groupId,
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
  );
  for (const { name } of tables) await edgewise.roomSql(groupId, `DROP TABLE ${String(name)}`);
  await edgewise.evictRoom(groupId);
}
