import { Hono } from 'hono';
import * as z from 'zod/mini';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { GroupId, Rev } from '../../../protocol/ids.ts';
import { ThreadChange, ThreadListQuery } from '../../../protocol/rest-requests.ts';
import type { ThreadList } from '../../../protocol/threads.ts';
import { signedIn } from '../../auth/guards.ts';
import type { Identity } from '../../auth/identity.ts';
import { systemClock } from '../../clock.ts';
import type { Env } from '../../env.ts';
import { problem } from '../../errors/problem.ts';
import { inboxOf } from '../../inbox/inbox-of.ts';
import { roomOf } from '../../room/room-of.ts';
import type { ThreadPage } from '../../room/room-rpc.ts';
import type { ThreadQuery } from '../../thread-place.ts';
import { within } from '../../within.ts';
import {
  listThreads,
  listThreadsOf,
  type ThreadStart,
  type ThreadsFound,
} from '../list-threads.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { messageInPath } from '../request/in-path.ts';
import { readCursor, writeCursor } from '../request/list-cursor.ts';
import { jsonBody, readBody } from '../request/read-body.ts';
import { readQuery } from '../request/read-query.ts';

/** A Room that takes longer is left out of the list of all groups. */
const ROOM_ANSWERS_WITHIN_MS = 3_000;
/**
 * A reply right before the first page of all groups may not have reached the user's Inbox, which decides what Rooms are asked.
 * The pages after it list the threads as they were this long before or, among the unread ones, at the last of the first page.
 */
const INBOX_KNOWS_WITHIN_MS = 5_000;

/** The last thread of a page. */
const ThreadCursor = z.object({
  isUnread: z.boolean(),
  at: z.int(),
  groupId: GroupId,
  rootSeq: Rev,
  asOf: z.int(),
});

/** Threads: list those that I follow, in one group or in all of mine; read and change what one is for me. */
export const threads = new Hono<AppEnv>()
  .get('/api/threads', signedIn, async (c) => {
    const query = readQuery(c, ThreadListQuery);
    if (!query.ok) return problem(query.failure);
    const { groupId, cursor, limit } = query.value;
    const start = readCursor(cursor, ThreadCursor);
    if (!start.ok) return problem(start.failure);
    const { env } = c;
    const { identity } = c.var;
    const page = { limit, start: start.value };
    const before = systemClock() - (groupId === undefined ? INBOX_KNOWS_WITHIN_MS : 0);
    const found =
      groupId === undefined
        ? await listInAllGroups(env, identity, page)
        : await listThreadsOf(groupId, page, (_, asked) =>
            roomOf(env, groupId).threads(identity.userId, asked, identity.sessionId),
          );
    if (!found.ok) return problem(found.failure);
    const { last, ...list } = found.value;
    const asOf = start.value?.asOf ?? Math.max(before, last?.isUnread ? last.at : 0);
    return answer(
      ok<ThreadList>({ ...list, ...(last && { next: writeCursor({ ...last, asOf }) }) }),
    );
  })

  .get('/api/threads/:id', signedIn, async (c) => {
    const root = messageInPath(c);
    if (!root.ok) return problem(root.failure);
    const { room, id } = root.value;
    return answer(await room.thread(c.var.identity.userId, id, c.var.identity.sessionId));
  })

  .patch('/api/threads/:id', signedIn, jsonBody, async (c) => {
    const root = messageInPath(c);
    if (!root.ok) return problem(root.failure);
    const change = await readBody(c, ThreadChange);
    if (!change.ok) return problem(change.failure);
    const { room, id } = root.value;
    const { userId, sessionId } = c.var.identity;
    return answer(await room.changeThread(userId, id, change.value, sessionId));
  });

/** The Inbox knows in which groups, the Rooms have the threads. */
async function listInAllGroups(
  env: Env,
  { userId, sessionId }: Identity,
  page: { limit: number; start: ThreadStart | undefined },
): Promise<Result<ThreadsFound>> {
  const known = await inboxOf(env, userId).threadGroups(sessionId);
  if (!known.ok) return known;
  const { groups, isComplete } = known.value;
  const ask = async (groupId: string, query: ThreadQuery): Promise<Result<ThreadPage>> => {
    try {
      const asked = roomOf(env, groupId).threads(userId, query, sessionId);
      return await within(ROOM_ANSWERS_WITHIN_MS, asked);
    } catch (error) {
      console.warn(JSON.stringify({ event: 'threads_failed', groupId, error: String(error) }));
      return fail('unavailable', 'The group does not answer.');
    }
  };
  const found = await listThreads(groups, page, ask);
  return found.ok && !isComplete ? ok({ ...found.value, incomplete: true }) : found;
}
