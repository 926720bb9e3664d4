import { Hono } from 'hono';
import { PolledFrames, PollQuery } from '../../../protocol/long-poll.ts';
import { signedIn } from '../../auth/guards.ts';
import { problem } from '../../errors/problem.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { roomInPath } from '../request/in-path.ts';
import { jsonBody, readBody } from '../request/read-body.ts';
import { readQuery } from '../request/read-query.ts';

/**
 * The long poll, for networks that block WebSockets: `changes` is held until something changes, `frames` sends frames.
 */
export const longPoll = new Hono<AppEnv>()
  .get('/api/groups/:id/changes', signedIn, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    const query = readQuery(c, PollQuery);
    if (!query.ok) return problem(query.failure);
    const { since, epoch, client, wait } = query.value;
    const poll = { ...c.var.identity, client, position: { since, epoch }, waitMs: wait * 1_000 };
    return answer(await room.value.changes(poll));
  })

  .post('/api/groups/:id/frames', signedIn, jsonBody, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    const body = await readBody(c, PolledFrames);
    if (!body.ok) return problem(body.failure);
    return answer(await room.value.frames({ ...c.var.identity, ...body.value }));
  });
