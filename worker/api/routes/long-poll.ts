import { Hono } from 'hono';
import { PolledFrames, PollQuery } from '../../../protocol/long-poll.ts';
import { currentUser } from '../../auth/current-user.ts';
import { signedIn } from '../../auth/guards.ts';
import type { Identity } from '../../auth/identity.ts';
import { problem } from '../../errors/problem.ts';
import { inboxOf } from '../../inbox/inbox-of.ts';
import type { Poll } from '../../room/room-rpc.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { roomInPath } from '../request/in-path.ts';
import { jsonBody, readBody } from '../request/read-body.ts';
import { readQuery } from '../request/read-query.ts';

/**
 * The long poll of a Room and of the user's Inbox, for networks that block WebSockets: `changes` is held until something
 * changes, `frames` sends frames.
 */
export const longPoll = new Hono<AppEnv>()
  .get('/api/groups/:id/changes', signedIn, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    const query = readQuery(c, PollQuery);
    if (!query.ok) return problem(query.failure);
    return answer(await room.value.changes(pollOf(c.var.identity, query.value)));
  })

  .post('/api/groups/:id/frames', signedIn, jsonBody, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    const body = await readBody(c, PolledFrames);
    if (!body.ok) return problem(body.failure);
    return answer(await room.value.frames({ ...c.var.identity, ...body.value }));
  })

  .get('/api/inbox/changes', signedIn, async (c) => {
    const query = readQuery(c, PollQuery);
    if (!query.ok) return problem(query.failure);
    const { identity } = c.var;
    if (query.value.since === undefined) {
      // A new user enters the directory here, from which the Inbox reads their profile.
      const user = await currentUser(c.env, c.var.clerk, identity);
      if (!user.ok) return problem(user.failure);
    }
    return answer(await inboxOf(c.env, identity.userId).changes(pollOf(identity, query.value)));
  })

  .post('/api/inbox/frames', signedIn, jsonBody, async (c) => {
    const body = await readBody(c, PolledFrames);
    if (!body.ok) return problem(body.failure);
    const { identity } = c.var;
    return answer(await inboxOf(c.env, identity.userId).frames({ ...identity, ...body.value }));
  });

function pollOf(identity: Identity, { since, epoch, client, wait }: PollQuery): Poll {
  return { ...identity, client, position: { since, epoch }, waitMs: wait * 1_000 };
}
