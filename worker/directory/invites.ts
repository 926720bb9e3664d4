import { and, count, desc, eq, exists, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { QueryBuilder } from 'drizzle-orm/sqlite-core';
import type { InvitePreview } from '../../protocol/invite-preview.ts';
import type { Invite, InviteList } from '../../protocol/invites.ts';
import { IDEMPOTENCY_MS, INVITES_PER_GROUP } from '../../protocol/limits.ts';
import { User } from '../../protocol/models.ts';
import { PERMISSIONS } from '../../protocol/permissions.ts';
import { groups, invites, inviteUses, memberships, users } from './schema.ts';
import { knownUserOf } from './users.ts';

/** An invitation that was made, and what its page shows. */
export interface FoundInvite {
  invite: Invite;
  preview: InvitePreview;
  /** Whether someone can join by it now, unless the group is archived. */
  works: boolean;
  isArchived: boolean;
}

const uses = sql<number>`(select count(*) from ${inviteUses} as used where used.code = ${invites.code})`;

/** The person who made an invitation still is a member who may invite, and its group exists. */
const makerMayInvite = exists(
  new QueryBuilder()
    .select({ one: sql`1` })
    .from(groups)
    .innerJoin(memberships, eq(memberships.groupId, groups.id))
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(groups.id, invites.groupId),
        isNull(groups.deletedAt),
        eq(memberships.userId, invites.createdBy),
        isNull(memberships.leftAt),
        inArray(memberships.role, [...PERMISSIONS.invite]),
        isNull(users.deactivatedAt),
      ),
    ),
);

/** Neither revoked nor expired, and made by someone who may. */
const isValid = (now: number) =>
  and(isNull(invites.revokedAt), gt(invites.expiresAt, now), makerMayInvite);

/** Valid, and not used up. */
const works = (now: number) =>
  and(isValid(now), or(isNull(invites.maxUses), lt(uses, invites.maxUses)));

/** The invitation with this code, whether it works or not; undefined if there is none. */
export async function findInvite(
  d1: D1Database,
  code: string,
  now: number,
): Promise<FoundInvite | undefined> {
  const row = await drizzle(d1)
    .select({
      invite: invites,
      uses,
      group: groups,
      maker: users,
      works: sql<number>`${works(now)}`,
    })
    .from(invites)
    .innerJoin(groups, eq(groups.id, invites.groupId))
    .innerJoin(users, eq(users.id, invites.createdBy))
    .where(eq(invites.code, code))
    .get();
  if (!row) return undefined;
  const { group, maker } = row;
  return {
    invite: inviteOf(row),
    preview: {
      group: { id: group.id, name: group.name, memberCount: group.memberCount },
      invitedBy: { id: maker.id, name: maker.name, imageUrl: maker.imageUrl },
    },
    works: row.works === 1,
    isArchived: group.archivedAt !== null,
  };
}

/** The invitations of a group that work, the latest first, and the people who made them. */
export async function listInvites(
  d1: D1Database,
  groupId: string,
  now: number,
): Promise<InviteList> {
  const rows = await drizzle(d1)
    .select({ invite: invites, uses, maker: users })
    .from(invites)
    .innerJoin(users, eq(users.id, invites.createdBy))
    .where(and(eq(invites.groupId, groupId), works(now)))
    .orderBy(desc(invites.createdAt), invites.code);
  const makers = new Map(rows.map(({ maker }) => [maker.id, User.parse(knownUserOf(maker))]));
  return { items: rows.map(inviteOf), users: [...makers.values()] };
}

/**
 * Stores a new invitation, and forgets those whose time has long been over. Returns false if the group has as many that work
 * as it may have.
 */
export async function insertInvite(d1: D1Database, invite: Invite): Promise<boolean> {
  const db = drizzle(d1);
  const now = invite.createdAt;
  // A repeated request must find what it made.
  const old = lt(invites.expiresAt, now - IDEMPOTENCY_MS);
  const oldCodes = db.select({ code: invites.code }).from(invites).where(old);
  const working = db
    .select({ n: count() })
    .from(invites)
    .where(and(eq(invites.groupId, invite.groupId), works(now)));
  const values = sql`select ${invite.code}, ${invite.groupId}, ${invite.createdBy}, ${invite.createdAt}, ${invite.expiresAt},
    ${invite.maxUses ?? null}, null where (${working}) < ${INVITES_PER_GROUP}`;
  const [, , inserted] = await db.batch([
    db.delete(inviteUses).where(inArray(inviteUses.code, oldCodes)),
    db.delete(invites).where(old),
    db.insert(invites).select(values).returning({ code: invites.code }),
  ]);
  return inserted.length > 0;
}

/** Ends an invitation. Revoking it again changes nothing. */
export async function revokeInvite(d1: D1Database, code: string, revokedAt: number): Promise<void> {
  await drizzle(d1)
    .update(invites)
    .set({ revokedAt })
    .where(and(eq(invites.code, code), isNull(invites.revokedAt)));
}

/** Someone who uses an invitation. */
export interface InviteUse {
  code: string;
  userId: string;
  /** Now, ms UTC. */
  at: number;
}

/**
 * Takes one of the uses of an invitation that works, in one statement: of two people who want the last one, one gets it.
 * The same person takes only one, so that they can try again after a crash: `had` means that they took it before.
 */
export async function takeUse(
  d1: D1Database,
  { code, userId, at }: InviteUse,
): Promise<'taken' | 'had' | 'none'> {
  const db = drizzle(d1);
  const free = db
    .select({
      code: invites.code,
      userId: sql`${userId}`.as('user_id'),
      usedAt: sql`${at}`.as('used_at'),
    })
    .from(invites)
    .where(and(eq(invites.code, code), works(at)));
  const [taken, own] = await db.batch([
    db.insert(inviteUses).select(free).onConflictDoNothing().returning({ code: inviteUses.code }),
    db
      .select({ code: invites.code })
      .from(invites)
      .innerJoin(inviteUses, eq(inviteUses.code, invites.code))
      .where(and(eq(invites.code, code), eq(inviteUses.userId, userId), isValid(at))),
  ]);
  if (taken.length > 0) return 'taken';
  return own.length > 0 ? 'had' : 'none';
}

/** Gives a use back: the person did not join. */
export async function giveBackUse(
  d1: D1Database,
  { code, userId }: Pick<InviteUse, 'code' | 'userId'>,
): Promise<void> {
  await drizzle(d1)
    .delete(inviteUses)
    .where(and(eq(inviteUses.code, code), eq(inviteUses.userId, userId)));
}

function inviteOf({
  invite: { maxUses, revokedAt: _revokedAt, ...invite },
  uses: used,
}: {
  invite: typeof invites.$inferSelect;
  uses: number;
}): Invite {
  return { ...invite, ...(maxUses !== null && { maxUses }), uses: used };
}
