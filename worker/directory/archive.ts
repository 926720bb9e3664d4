import { and, eq, gt, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core';
import type { Group, Member, Message, User } from '../../protocol/models.ts';
import { groups, memberships, messages, users } from './schema.ts';

/** The group as D1 keeps it: with the Room's counter, above which every rev of a loaded Room must lie. */
export type ArchivedGroup = Group & { counter: number };

/** A membership with the person's profile, as a Room keeps it. */
export type ArchivedMember = Member;

const dialect = new SQLiteAsyncDialect();

/** D1 refuses replies near 1 MB; a page of messages stays well below it. */
const PAGE_BYTES = 500_000;
const PAGE_ROWS = 500;

/**
 * Writes what a Room changed, all or nothing. Rows go in as one JSON value each table, because D1 takes 100 bound values
 * a statement; a row that D1 has in the same or a later version stays as it is, so anything may be written twice.
 */
export async function archiveChanges(
  database: D1Database,
  group: ArchivedGroup,
  changed: { members: Member[]; messages: Message[] },
): Promise<void> {
  const statements = [
    upsertGroup(group),
    upsertMemberships(group.id, changed.members),
    upsertMessages(group.id, changed.messages),
  ];
  // Not drizzle's batch: it takes its query builders only, and fails on a `run` of raw SQL.
  await database.batch(
    statements.map((statement) => {
      const query = dialect.sqlToQuery(statement);
      return database.prepare(query.sql).bind(...query.params);
    }),
  );
}

/** The group of this id; undefined if D1 knows of none. */
export async function findArchivedGroup(
  database: D1Database,
  groupId: string,
): Promise<ArchivedGroup | undefined> {
  const row = await drizzle(database).select().from(groups).where(eq(groups.id, groupId)).get();
  if (!row) return undefined;
  const { archivedAt, ...group } = row;
  return { ...group, ...(archivedAt !== null && { archivedAt }) };
}

/** Up to 500 memberships after `userId`, by user id, each with the profile that the directory has now. */
export async function archivedMembersAfter(
  database: D1Database,
  groupId: string,
  userId: string,
): Promise<ArchivedMember[]> {
  const rows = await drizzle(database)
    .select({ membership: memberships, user: users })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.groupId, groupId), gt(memberships.userId, userId)))
    .orderBy(memberships.userId)
    .limit(PAGE_ROWS);
  return rows.map(({ membership, user }) => ({
    userId: membership.userId,
    role: membership.role,
    joinedAt: membership.joinedAt,
    ...(membership.leftAt !== null && { leftAt: membership.leftAt }),
    rev: membership.rev,
    user: profileOf(user),
  }));
}

/** The next page of messages after `seq`, by seq: up to 500 of them, and no more than 500 KB unless one alone is larger. */
export async function archivedMessagesAfter(
  database: D1Database,
  groupId: string,
  seq: number,
): Promise<Message[]> {
  const db = drizzle(database);
  const bytes = sql<number>`sum(length(cast(${messages.content} as blob))) over (order by ${messages.seq}) - length(cast(${messages.content} as blob))`;
  const page = db
    .select({ seq: messages.seq, bytesBefore: bytes.as('bytes_before') })
    .from(messages)
    .where(and(eq(messages.groupId, groupId), gt(messages.seq, seq)))
    .orderBy(messages.seq)
    .limit(PAGE_ROWS)
    .as('page');
  const rows = await db
    .select({ message: messages })
    .from(page)
    .innerJoin(messages, and(eq(messages.groupId, groupId), eq(messages.seq, page.seq)))
    .where(sql`${page.bytesBefore} < ${PAGE_BYTES}`)
    .orderBy(messages.seq);
  return rows.map(({ message: { system, ...message } }) => ({
    ...message,
    ...(system !== null && { system }),
  }));
}

function profileOf(row: typeof users.$inferSelect): User {
  return {
    id: row.id,
    name: row.name,
    handle: row.handle,
    imageUrl: row.imageUrl,
    role: row.role,
    ...(row.status !== null && { status: row.status }),
    ...(row.deactivatedAt !== null && { deactivatedAt: row.deactivatedAt }),
  };
}

function upsertGroup(group: ArchivedGroup) {
  return sql`
    INSERT INTO groups (id, kind, name, topic, visibility, created_by, created_at, archived_at, member_count, last_seq, rev, counter)
    VALUES (${group.id}, ${group.kind}, ${group.name}, ${group.topic}, ${group.visibility}, ${group.createdBy},
      ${group.createdAt}, ${group.archivedAt ?? null}, ${group.memberCount}, ${group.lastSeq}, ${group.rev}, ${group.counter})
    ON CONFLICT (id) DO UPDATE SET
      name = excluded.name, topic = excluded.topic, visibility = excluded.visibility, archived_at = excluded.archived_at,
      member_count = excluded.member_count, last_seq = excluded.last_seq, rev = excluded.rev, counter = excluded.counter
    WHERE excluded.counter > counter`;
}

function upsertMemberships(groupId: string, members: Member[]) {
  const rows = members.map(({ user: _, ...membership }) => membership);
  return sql`
    INSERT INTO memberships (group_id, user_id, role, joined_at, left_at, rev)
    SELECT ${groupId}, value ->> 'userId', value ->> 'role', value ->> 'joinedAt', value ->> 'leftAt', value ->> 'rev'
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (group_id, user_id) DO UPDATE SET
      role = excluded.role, joined_at = excluded.joined_at, left_at = excluded.left_at, rev = excluded.rev
    WHERE excluded.rev > rev`;
}

function upsertMessages(groupId: string, changed: Message[]) {
  return sql`
    INSERT INTO messages (group_id, seq, id, rev, user_id, content, created_at, system)
    SELECT ${groupId}, value ->> 'seq', value ->> 'id', value ->> 'rev', value ->> 'userId', value ->> 'content',
      value ->> 'createdAt', value -> 'system'
    FROM json_each(${JSON.stringify(changed)}) WHERE true
    ON CONFLICT (group_id, seq) DO UPDATE SET rev = excluded.rev, content = excluded.content, system = excluded.system
    WHERE excluded.rev > rev`;
}
