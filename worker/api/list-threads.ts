import { ok, type Result } from '../../protocol/errors.ts';
import type { User } from '../../protocol/models.ts';
import type { FollowedThread, ThreadList } from '../../protocol/threads.ts';
import { userIdsIn } from '../../protocol/user-ids-in.ts';
import { OBJECTS_AT_ONCE } from '../in-chunks.ts';
import type { ThreadGroup } from '../inbox/inbox-rpc.ts';
import type { ThreadPage } from '../room/room-rpc.ts';
import type { ThreadPlace, ThreadQuery } from '../thread-place.ts';

/** The place of a thread in the list of all groups. Of replies at the same time, the group's id decides. */
export interface PlaceInAll extends ThreadPlace {
  groupId: string;
}

/** A page begins after this place, in the list without the replies after `asOf`, ms UTC. */
export interface ThreadStart extends PlaceInAll {
  asOf: number;
}

/** A page of the list. `last` is the place of its last thread if more follow. */
export interface ThreadsFound extends Pick<ThreadList, 'items' | 'users' | 'incomplete'> {
  last?: PlaceInAll;
}

/** What Rooms answered. */
interface Found {
  threads: { place: PlaceInAll; thread: FollowedThread }[];
  users: Map<string, User>;
}

/**
 * A page of the threads that a user follows in these groups. The times of the groups' last replies say which Rooms can have a
 * thread of it: for a first page of `limit` threads at most that many are asked, for a later one also those that had threads
 * on the pages before. A Room that fails with `unavailable` makes the page incomplete; one that fails otherwise has nothing
 * for the user. Fails only with `unauthenticated`, as a Room does if the session has ended.
 */
export async function listThreads(
  groups: readonly ThreadGroup[],
  { limit, start }: { limit: number; start: ThreadStart | undefined },
  ask: (groupId: string, query: ThreadQuery) => Promise<Result<ThreadPage>>,
): Promise<Result<ThreadsFound>> {
  const waiting = groups
    .map((group) => ({ group, first: laterOf(firstIn(group), start) }))
    .toSorted((a, b) => compare(a.first, b.first));
  const found: Found = { threads: [], users: new Map() };
  let isComplete = true;
  for (let next = waiting[0]; next; next = waiting[0]) {
    const last = found.threads[limit - 1]?.place;
    const until = last ?? next.first;
    const reaching = waiting.filter(({ first }) => compare(first, until) <= 0).length;
    // Those that can come before the last thread of the page or, while it is not full, as many as may fill it.
    const needed = last ? reaching : Math.max(reaching, limit - found.threads.length);
    if (needed === 0) break;
    const asked = waiting.splice(0, Math.min(needed, OBJECTS_AT_ONCE));
    const answers = await Promise.all(
      asked.map(async ({ group }) => {
        const { groupId } = group;
        return { groupId, answer: await ask(groupId, queryOf(group, limit, start)) };
      }),
    );
    for (const { groupId, answer } of answers) {
      if (answer.ok) take(found, groupId, answer.value);
      else if (answer.failure.code === 'unavailable') isComplete = false;
      else if (answer.failure.code === 'unauthenticated') return answer;
    }
  }
  return ok({
    ...pageOf(found, limit, waiting.length > 0),
    ...(!isComplete && { incomplete: true }),
  });
}

/** A page of the threads that a user follows in one group. Fails as its Room does. */
export async function listThreadsOf(
  groupId: string,
  { limit, start }: { limit: number; start: ThreadStart | undefined },
  ask: (groupId: string, query: ThreadQuery) => Promise<Result<ThreadPage>>,
): Promise<Result<ThreadsFound>> {
  const answer = await ask(groupId, queryOf({ groupId, isArchived: false }, limit, start));
  if (!answer.ok) return answer;
  const found: Found = { threads: [], users: new Map() };
  take(found, groupId, answer.value);
  return ok(pageOf(found, limit, false));
}

/** The first place that a thread of this group can have. */
function firstIn({ groupId, unreadAt, lastReplyAt }: ThreadGroup): PlaceInAll {
  const isUnread = unreadAt !== undefined;
  return { isUnread, at: unreadAt ?? lastReplyAt, groupId, rootSeq: Number.MAX_SAFE_INTEGER };
}

function laterOf(place: PlaceInAll, start: PlaceInAll | undefined): PlaceInAll {
  return start && compare(place, start) < 0 ? start : place;
}

/** Asks for one thread more than a page has: it shows whether there is a next page. */
function queryOf(
  { groupId, isArchived }: Pick<ThreadGroup, 'groupId' | 'isArchived'>,
  limit: number,
  start: ThreadStart | undefined,
): ThreadQuery {
  const unreadOnly = isArchived && { unreadOnly: true };
  if (!start) return { limit: limit + 1, ...unreadOnly };
  const { isUnread, at, asOf } = start;
  // At the time of the place itself come the groups with a lower id, and not those with a higher one.
  const others = groupId < start.groupId ? Number.MAX_SAFE_INTEGER : 0;
  const rootSeq = groupId === start.groupId ? start.rootSeq : others;
  return { limit: limit + 1, before: { isUnread, at, rootSeq }, asOf, ...unreadOnly };
}

/** Adds what a Room answered, in the order of the list. */
function take(found: Found, groupId: string, { items, users }: ThreadPage): void {
  const threads = items.map(({ place, thread }) => ({ place: { ...place, groupId }, thread }));
  found.threads.push(...threads);
  found.threads.sort((a, b) => compare(a.place, b.place));
  for (const user of users) found.users.set(user.id, user);
}

function pageOf({ threads, users }: Found, limit: number, hasMoreGroups: boolean): ThreadsFound {
  const page = threads.slice(0, limit);
  const items = page.map(({ thread }) => thread);
  const named = new Set(
    items.flatMap(({ root, replies }) => [root, ...replies].flatMap(userIdsIn)),
  );
  const last = threads.length > limit || hasMoreGroups ? page.at(-1) : undefined;
  return {
    items,
    users: [...named].flatMap((userId) => users.get(userId) ?? []),
    ...(last && { last: last.place }),
  };
}

/** Negative if `a` comes before `b`. */
function compare(a: PlaceInAll, b: PlaceInAll): number {
  return (
    Number(b.isUnread) - Number(a.isUnread) ||
    b.at - a.at ||
    (a.groupId === b.groupId ? 0 : a.groupId > b.groupId ? -1 : 1) ||
    b.rootSeq - a.rootSeq
  );
}
