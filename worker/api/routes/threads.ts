import { Hono } from 'hono';
import * as z from 'zod/mini';
import { ok } from '../../../protocol/errors.ts';
import { ThreadListQuery } from '../../../protocol/rest-requests.ts';
import { signedIn } from '../../auth/guards.ts';
import { problem } from '../../errors/problem.ts';
import { roomOf } from '../../room/room-of.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { readCursor, writeCursor } from '../request/list-cursor.ts';
import { readQuery } from '../request/read-query.ts';

/**
 * How many threads come before the page. A position between two threads would not hold: every reply changes the order.
 */
const ThreadCursor = z.object({ offset: z.int().check(z.nonnegative()) });

/** `GET /api/threads`: the threads of a group that I follow. */
export const threads = new Hono<AppEnv>().get('/api/threads', signedIn, async (c) => {
  const query = readQuery(c, ThreadListQuery);
  if (!query.ok) return problem(query.failure);
  const { groupId, cursor, limit } = query.value;
  const start = readCursor(cursor, ThreadCursor);
  if (!start.ok) return problem(start.failure);
  const page = { limit, offset: start.value?.offset ?? 0 };
  const found = await roomOf(c.env, groupId).followedThreads(
    c.var.identity.userId,
    page,
    c.var.identity.sessionId,
  );
  if (!found.ok) return problem(found.failure);
  const { items, next } = found.value;
  return answer(ok({ items, ...(next !== undefined && { next: writeCursor({ offset: next }) }) }));
});
