import { and, asc, desc, eq, isNull, lt, ne, notExists, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Result } from '../../protocol/errors.ts';
import { fail, ok } from '../../protocol/errors.ts';
import type { User } from '../../protocol/models.ts';
import type { ProfileChange } from '../../protocol/rest-requests.ts';
import { visibleTo } from './guests.ts';
import { users } from './schema.ts';

/** Leaves space for a number within the 32 characters of a handle (protocol/rest-requests.ts, `ProfileChange`). */
const BASE_CHARACTERS = 24;

/** The handle of a name without Latin letters or digits. */
const NAMELESS = 'member';

/** How many numbered handles are tried before a random number: enough for people who share a name by chance. */
const NUMBERED = 20;

/** How often inserting a new user is tried while others take the same handles. */
const SAVE_ATTEMPTS = 5;
/** The name of a user who was deleted before their profile was known here. */
const UNKNOWN_NAME = 'Someone';

/** A profile from Clerk, with the role that the deployment gives the user. */
export interface Profile {
  id: string;
  name: string;
  imageUrl: string;
  role: 'admin' | 'member';
  /** Clerk's time of this version, ms UTC. */
  profileAt: number;
  createdAt: number;
}

/** A user with the version of their profile, for Rooms, which may get two versions in the wrong order. Not part of the contract. */
export type KnownUser = User & { profileAt: number };

/** The user with this id, deactivated or not; undefined if there is none. */
export async function findUser(d1: D1Database, id: string): Promise<KnownUser | undefined> {
  const [row] = await drizzle(d1).select().from(users).where(eq(users.id, id));
  return row && knownUserOf(row);
}

/** The users among these ids (at most 100), by name; with `guestId` only those whom this guest may see. */
export async function findUsers(
  d1: D1Database,
  ids: readonly string[],
  guestId?: string,
): Promise<KnownUser[]> {
  const wanted = sql`${users.id} in (select value from json_each(${JSON.stringify(ids)}))`;
  const rows = await drizzle(d1)
    .select()
    .from(users)
    .where(and(wanted, guestId === undefined ? undefined : visibleTo(guestId)))
    .orderBy(asc(users.name));
  return rows.map(knownUserOf);
}

/**
 * Active users whose name, a word of it, or handle starts with `query`: matches at the start of the name come first, then
 * by name. An empty query returns all active users. Returns up to `limit` of them after the first `offset` ones. With `guestId` only those whom this guest may see.
 */
export async function searchUsers(
  d1: D1Database,
  query: string,
  { limit, offset = 0 }: { limit: number; offset?: number | undefined },
  guestId?: string,
): Promise<User[]> {
  const text = query.trim();
  // SQLite folds only ASCII case, so other letters are matched as typed, in lower case, and with a capital first.
  const lower = text.toLowerCase();
  const forms = new Set([text, lower, lower.replace(/^./u, (first) => first.toUpperCase())]);
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
    .where(
      and(
        isNull(users.deactivatedAt),
        text === '' ? undefined : startsWord,
        guestId === undefined ? undefined : visibleTo(guestId),
      ),
    )
    .orderBy(...(text === '' ? [] : [desc(startsName)]), asc(users.name), asc(users.id))
    .limit(limit)
    .offset(offset);
  return rows.map(userOf);
}

/**
 * Stores a profile from Clerk unless a newer version is stored (webhooks come late and out of order). Returns the user as
 * stored now. A new user gets a handle made from the name.
 */
export async function saveProfile(d1: D1Database, profile: Profile): Promise<KnownUser> {
  const db = drizzle(d1);
  const { id, name, imageUrl, role, profileAt } = profile;
  await db
    .update(users)
    .set({ name, imageUrl, role, profileAt })
    .where(and(eq(users.id, id), lt(users.profileAt, profileAt)));
  return insertIfNew(d1, profile);
}

/** Inserts a user with a handle made from the name, unless they exist. Returns the user as stored now. */
async function insertIfNew(d1: D1Database, profile: Profile): Promise<KnownUser> {
  const { id, name } = profile;
  const db = drizzle(d1);
  // Another request may take the handle or insert the user first. Then look again.
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

/** The first handle made from the name that is free. */
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
 * The next version of a profile that changes here: one above the last, so that Rooms can tell them apart. Versions are
 * Clerk's times in ms, and nobody edits a thousand times a second, so Clerk's next version is always higher.
 */
const nextProfileAt = sql`${users.profileAt} + 1`;

/** Changes the handle, the status or the time zone of a user. `conflict` if the handle is taken, `not_found` without such a user. */
export async function changeOwnProfile(
  d1: D1Database,
  userId: string,
  change: ProfileChange,
): Promise<Result<KnownUser>> {
  const db = drizzle(d1);
  const known = await findUser(d1, userId);
  if (!known) return fail('not_found', 'There is no such person.');
  const { handle, status, timeZone } = change;
  if (handle === undefined && status === undefined && timeZone === undefined) return ok(known);

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
      ...(timeZone === undefined ? {} : { timeZone }),
    })
    .where(and(eq(users.id, userId), handle === undefined ? undefined : notExists(taken)))
    .returning();
  if (row) return ok(knownUserOf(row));
  const detail = 'Someone else has this handle. Choose another one.';
  return fail('conflict', detail, { fields: { handle: 'is taken' } });
}

/**
 * Deactivates a user for good; their messages stay. An unknown user gets a row, too: a late `user.created` must not bring
 * them back.
 */
export async function deactivateUser(d1: D1Database, id: string, at: number): Promise<KnownUser> {
  await insertIfNew(d1, {
    id,
    name: UNKNOWN_NAME,
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
  if (!row) throw new Error(`user ${id} was inserted but is not there`);
  return knownUserOf(row);
}

/** The user of a row, as the contract has it: a null column becomes an absent field. */
function userOf(row: typeof users.$inferSelect): User {
  const { id, name, handle, imageUrl, role, status, timeZone, deactivatedAt } = row;
  return {
    id,
    name,
    handle,
    imageUrl,
    role,
    ...(status === null ? {} : { status }),
    ...(timeZone === null ? {} : { timeZone }),
    ...(deactivatedAt === null ? {} : { deactivatedAt }),
  };
}

/** The user of a row, with the version of their profile. */
export function knownUserOf(row: typeof users.$inferSelect): KnownUser {
  return { ...userOf(row), profileAt: row.profileAt };
}

/** A handle that reads like the name: "Éva Tóth" gives `eva-toth`. */
export function handleFrom(name: string): string {
  const base = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, BASE_CHARACTERS)
    .replace(/^-+|-+$/g, '');
  return base.length < 2 ? NAMELESS : base;
}

/** The handle and numbered variants of it, in the order in which to try them. */
export function handleCandidates(base: string): string[] {
  const numbered = Array.from({ length: NUMBERED }, (_, index) => `${base}${index + 2}`);
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return [base, ...numbered, `${base}${random % 10_000_000}`];
}
