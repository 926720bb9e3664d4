import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { groups, memberships } from './schema.ts';

/**
 * Up to `limit` ids after `after` of the groups that a user is in now or, with `alsoLeft`, ever was, as far as their Rooms have
 * mirrored it, in order.
 */
export async function groupIdsOf(
  d1: D1Database,
  userId: string,
  { after, limit, alsoLeft = false }: { after: string; limit: number; alsoLeft?: boolean },
): Promise<string[]> {
  const rows = await drizzle(d1)
    .select({ groupId: memberships.groupId })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, userId),
        alsoLeft ? undefined : isNull(memberships.leftAt),
        gt(memberships.groupId, after),
      ),
    )
    .orderBy(asc(memberships.groupId))
    .limit(limit);
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

/** Whether a user is in a group now, as far as its Room has mirrored it. */
export async function isMember(
  d1: D1Database,
  { groupId, userId }: { groupId: string; userId: string },
): Promise<boolean> {
  const row = await drizzle(d1)
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.userId, userId),
        isNull(memberships.leftAt),
      ),
    )
    .get();
  return row !== undefined;
}
