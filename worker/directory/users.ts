import { and, asc, desc, eq, isNull, lt, ne, notExists, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Result } from '../../protocol/errors.ts';
import { fail, ok } from '../../protocol/errors.ts';
import type { User } from '../../protocol/models.ts';
import type { ProfileChange } from '../../protocol/rest-requests.ts';
import { handleCandidates, handleFrom } from './handle.ts';
import { users } from './schema.ts';
import { type KnownUser, knownUserOf, userOf } from './user-of.ts';

/** How often a new user is tried to be inserted while others take the same handles. */
const SAVE_ATTEMPTS = 5;
/** What somebody is called whose end we hear of before anything else. */
const UNHEARD_OF = 'Someone';

/** A person as Clerk describes them, and the role that the deployment gives them. */
export interface Profile {
  id: string;
  name: string;
  imageUrl: string;
  role: 'admin' | 'member';
  /** Clerk's time of this version, ms UTC. */
  profileAt: number;
  createdAt: number;
}

/** One person, deactivated or not; undefined if we never heard of them. */
export async function findUser(d1: D1Database, id: string): Promise<KnownUser | undefined> {
  const [row] = await drizzle(d1).select().from(users).where(eq(users.id, id));
  return row && knownUserOf(row);
}

/** The people of these ids (at most 100) that we know, by name. */
export async function findUsers(d1: D1Database, ids: readonly string[]): Promise<KnownUser[]> {
  const wanted = sql`${users.id} in (select value from json_each(${JSON.stringify(ids)}))`;
  const rows = await drizzle(d1).select().from(users).where(wanted).orderBy(asc(users.name));
  return rows.map(knownUserOf);
}

/**
 * Active people whose name, a word of it, or handle begins with `query`: those whose whole name does come first, then by
 * name. Nothing to look for gives everybody.
 */
export async function searchUsers(d1: D1Database, query: string, limit: number): Promise<User[]> {
  const text = query.trim();
  // SQLite folds only ASCII, so a letter beyond it is looked for as it was typed, small, and with a capital in front.
  const small = text.toLowerCase();
  const forms = new Set([text, small, small.replace(/^./u, (first) => first.toUpperCase())]);
  const wanted = sql`json_each(${JSON.stringify([...forms])}) as form`;
  const name = sql`lower(${users.name})`;
  // Not LIKE: its patterns are capped at 50 bytes, and a % in the query would be one.
  const startsName = sql`exists (select 1 from ${wanted} where instr(${name}, lower(form.value)) = 1)`;
  const startsWord = sql`exists (select 1 from ${wanted}
    where instr(' ' || ${name}, ' ' || lower(form.value)) > 0
      or instr(${users.handle}, lower(form.value)) = 1)`;
  const rows = await drizzle(d1)
    .select()
    .from(users)
    .where(and(isNull(users.deactivatedAt), text === '' ? undefined : startsWord))
    .orderBy(...(text === '' ? [] : [desc(startsName)]), asc(users.name), asc(users.id))
    .limit(limit);
  return rows.map(userOf);
}

/**
 * Keeps what Clerk says of somebody, unless we already hold a newer version (webhooks come late and out of order), and
 * gives the user as they are now. A new user gets a handle made of the name.
 */
export async function saveProfile(d1: D1Database, profile: Profile): Promise<KnownUser> {
  const db = drizzle(d1);
  const { id, name, imageUrl, role, profileAt } = profile;
  await db
    .update(users)
    .set({ name, imageUrl, role, profileAt })
    .where(and(eq(users.id, id), lt(users.profileAt, profileAt)));
  return keepUser(d1, profile);
}

/** Inserts somebody with a handle made of the name, unless they are there; gives them as they are now. */
async function keepUser(d1: D1Database, profile: Profile): Promise<KnownUser> {
  const { id, name } = profile;
  const db = drizzle(d1);
  // Somebody else may be quicker to take a handle, or to save the same user: look again then.
  for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt++) {
    const known = await findUser(d1, id);
    if (known) return known;
    const handle = await freeHandle(d1, name);
    await db
      .insert(users)
      .values({ ...profile, handle })
      .onConflictDoNothing();
  }
  const saved = await findUser(d1, id);
  if (!saved) throw new Error(`no free handle for user ${id}`);
  return saved;
}

/** The first handle made of the name that nobody has. */
async function freeHandle(d1: D1Database, name: string): Promise<string> {
  const candidates = handleCandidates(handleFrom(name));
  const rows = await drizzle(d1)
    .select({ handle: users.handle })
    .from(users)
    .where(sql`${users.handle} in (select value from json_each(${JSON.stringify(candidates)}))`);
  const taken = new Set(rows.map((row) => row.handle));
  const free = candidates.find((candidate) => !taken.has(candidate));
  if (free === undefined) throw new Error(`no free handle for "${name}"`);
  return free;
}

/**
 * The next version of a row that is changed here: one above the last, so that Rooms can tell them apart. It counts in
 * Clerk's ms, and nobody changes anything a thousand times a second, so what Clerk says next is always above it.
 */
const nextProfileAt = sql`${users.profileAt} + 1`;

/** Changes what people say about themselves here. `conflict` if somebody else has the handle, `not_found` without a user. */
export async function changeOwnProfile(
  d1: D1Database,
  userId: string,
  change: ProfileChange,
): Promise<Result<KnownUser>> {
  const db = drizzle(d1);
  const known = await findUser(d1, userId);
  if (!known) return fail('not_found', 'There is no such person.');
  const { handle, status } = change;
  if (handle === undefined && status === undefined) return ok(known);

  const others = alias(users, 'others');
  const taken = db
    .select({ one: sql`1` })
    .from(others)
    .where(and(eq(others.handle, handle ?? ''), ne(others.id, userId)));
  const [row] = await db
    .update(users)
    .set({
      profileAt: nextProfileAt,
      ...(handle === undefined ? {} : { handle }),
      ...(status === undefined ? {} : { status }),
    })
    .where(and(eq(users.id, userId), handle === undefined ? undefined : notExists(taken)))
    .returning();
  if (row) return ok(knownUserOf(row));
  const detail = 'Somebody else has this handle. Choose another one.';
  return fail('conflict', detail, { fields: { handle: 'is taken' } });
}

/**
 * Marks somebody as gone, for good; their messages stay theirs. Of whom we never heard a row is kept too: their
 * `user.created` may come late, and must not bring them back.
 */
export async function deactivateUser(d1: D1Database, id: string, at: number): Promise<KnownUser> {
  await keepUser(d1, {
    id,
    name: UNHEARD_OF,
    imageUrl: '',
    role: 'member',
    profileAt: 0,
    createdAt: at,
  });
  const [row] = await drizzle(d1)
    .update(users)
    .set({ deactivatedAt: sql`coalesce(${users.deactivatedAt}, ${at})`, profileAt: nextProfileAt })
    .where(eq(users.id, id))
    .returning();
  if (!row) throw new Error(`user ${id} was kept and is not there`);
  return knownUserOf(row);
}
