import { and, eq, isNull } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { groups, memberships } from './schema.ts';

/** The ids of the groups that a user is in now, as far as their Rooms have mirrored it. */
export async function groupIdsOf(d1: D1Database, userId: string): Promise<string[]> {
  const rows = await drizzle(d1)
    .select({ groupId: memberships.groupId })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), isNull(memberships.leftAt)));
  return rows.map((row) => row.groupId);
}

/** The groups that a user is in now, each with its Room's counter, as far as their Rooms have mirrored it. */
export async function countersOf(d1: D1Database, userId: string): Promise<Map<string, number>> {
  const rows = await drizzle(d1)
    .select({ groupId: memberships.groupId, counter: groups.counter })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .where(
      and(eq(memberships.userId, userId), isNull(memberships.leftAt), isNull(groups.deletedAt)),
    );
  return new Map(rows.map(({ groupId, counter }) => [groupId, counter]));
}
