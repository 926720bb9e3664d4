import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { groups, memberships, users } from './schema.ts';

/**
 * Whether someone is a guest of the deployment: they were added to groups, and to all of them as a guest. Former memberships
 * count too, so that leaving every group does not make a guest a full user; direct groups do not count, because anyone can
 * start one with a guest.
 */
export async function isGuest(d1: D1Database, userId: string): Promise<boolean> {
  const [row] = await drizzle(d1)
    .select({
      all: sql<number>`count(*)`,
      asGuest: sql<number>`ifnull(sum(${memberships.role} = 'guest'), 0)`,
    })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .where(and(eq(memberships.userId, userId), eq(groups.kind, 'group')));
  return row !== undefined && row.all > 0 && row.all === row.asGuest;
}

/** The users whom a guest sees: themselves, and everyone who is or was in a group that the guest is in. */
export function visibleTo(guestId: string): SQL | undefined {
  const shared = sql`exists (select 1 from ${memberships} as mine
    join ${memberships} as theirs on theirs.group_id = mine.group_id
    where ${and(eq(sql`mine.user_id`, guestId), isNull(sql`mine.left_at`))} and theirs.user_id = ${users.id})`;
  return or(eq(users.id, guestId), shared);
}
