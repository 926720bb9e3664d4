import { and, asc, eq, isNull, notExists, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Group } from '../../protocol/models.ts';
import { groups, memberships } from './schema.ts';

/** The group of a row, as the contract has it: a null column becomes an absent field. */
export function groupOf(row: typeof groups.$inferSelect): Group {
  const { counter: _counter, deletedAt: _deletedAt, archivedAt, imageId, ...group } = row;
  return {
    ...group,
    ...(archivedAt !== null && { archivedAt }),
    ...(imageId !== null && { imageId }),
  };
}

/** Selects public groups whose name contains `query`, after the group `after` in the order of names. */
export interface PublicGroups {
  query?: string | undefined;
  after?: { name: string; id: string } | undefined;
  limit: number;
}

/** The public groups that a user is not in and may join, by name without regard to case. */
export async function listPublicGroups(
  d1: D1Database,
  userId: string,
  { query = '', after, limit }: PublicGroups,
): Promise<Group[]> {
  const db = drizzle(d1);
  const mine = db
    .select({ one: sql`1` })
    .from(memberships)
    .where(
      and(
        eq(memberships.groupId, groups.id),
        eq(memberships.userId, userId),
        isNull(memberships.leftAt),
      ),
    );
  const name = sql`${groups.name} collate nocase`;
  const rows = await db
    .select()
    .from(groups)
    .where(
      and(
        eq(groups.visibility, 'public'),
        eq(groups.kind, 'group'),
        isNull(groups.archivedAt),
        notExists(mine),
        // Not LIKE: its patterns are capped at 50 bytes, and a % in the query would be one.
        query === '' ? undefined : sql`instr(lower(${groups.name}), lower(${query})) > 0`,
        // The second condition alone would do, but SQLite uses the index only for a plain comparison.
        after &&
          sql`${name} >= ${after.name} and (${name}, ${groups.id}) > (${after.name}, ${after.id})`,
      ),
    )
    .orderBy(asc(name), asc(groups.id))
    .limit(limit);
  return rows.map(groupOf);
}

/** The groups that two users are both in now, by name; not their direct groups, which have none. */
export async function listSharedGroups(
  d1: D1Database,
  userId: string,
  otherId: string,
): Promise<Group[]> {
  const both = sql`(select count(*) from ${memberships}
    where ${memberships.groupId} = ${groups.id} and ${memberships.leftAt} is null
      and ${memberships.userId} in (${userId}, ${otherId}))`;
  const mine = sql`(select ${memberships.groupId} from ${memberships}
    where ${memberships.userId} = ${userId} and ${memberships.leftAt} is null)`;
  const rows = await drizzle(d1)
    .select()
    .from(groups)
    .where(
      and(
        sql`${groups.id} in ${mine}`,
        eq(groups.kind, 'group'),
        isNull(groups.deletedAt),
        sql`${both} = 2`,
      ),
    )
    .orderBy(asc(sql`${groups.name} collate nocase`), asc(groups.id));
  return rows.map(groupOf);
}
