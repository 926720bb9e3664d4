import { Hono } from 'hono';
import { ok, type Result } from '../../../protocol/errors.ts';
import {
  type GroupsRead,
  GroupsToRead,
  GroupsToUnread,
  type GroupsUnread,
} from '../../../protocol/reading.ts';
import { signedIn } from '../../auth/guards.ts';
import { problem } from '../../errors/problem.ts';
import { roomOf } from '../../room/room-of.ts';
import { askRooms } from '../ask-rooms.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { jsonBody, readBody } from '../request/read-body.ts';

/** Marks many of my groups as read at once, and undoes it. */
export const reading = new Hono<AppEnv>()
  .post('/api/inbox/read', signedIn, jsonBody, async (c) => {
    const body = await readBody(c, GroupsToRead);
    if (!body.ok) return problem(body.failure);
    const { userId, sessionId } = c.var.identity;
    const asked = await askRooms(body.value.groups, ({ groupId, seq }) =>
      roomOf(c.env, groupId).markRead(userId, seq, sessionId),
    );
    if (!asked.ok) return problem(asked.failure);
    const { answers, failed } = asked.value;
    const read: GroupsRead = {
      entries: answers.map(({ entry }) => entry),
      before: answers.flatMap(({ before }) => before ?? []),
      failed,
    };
    return answer(ok(read));
  })

  .post('/api/inbox/unread', signedIn, jsonBody, async (c) => {
    const body = await readBody(c, GroupsToUnread);
    if (!body.ok) return problem(body.failure);
    const { userId, sessionId } = c.var.identity;
    const asked = await askRooms(body.value.groups, (before) =>
      roomOf(c.env, before.groupId).undoRead(userId, before, sessionId),
    );
    if (!asked.ok) return problem(asked.failure);
    const { answers, failed } = asked.value;
    const unread: Result<GroupsUnread> = ok({ entries: answers.map(({ entry }) => entry), failed });
    return answer(unread);
  });
