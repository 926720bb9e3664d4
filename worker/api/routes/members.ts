import { Hono } from 'hono';
import { ok } from '../../../protocol/errors.ts';
import { currentUser } from '../../auth/current-user.ts';
import { signedIn } from '../../auth/guards.ts';
import { findUser } from '../../directory/users.ts';
import { problem } from '../../errors/problem.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { roomInPath } from '../request/in-path.ts';

/** Members of a group: list them, join, leave. */
export const members = new Hono<AppEnv>()
  .get('/api/groups/:id/members', signedIn, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    const listed = await room.value.members(c.var.identity.userId);
    return answer(listed.ok ? ok({ items: listed.value }) : listed);
  })

  .post('/api/groups/:id/join', signedIn, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    const user = await currentUser(c.env, c.var.clerk, c.var.identity);
    if (!user.ok) return problem(user.failure);
    const joined = await room.value.join(user.value);
    // A profile that changed before the membership was in the directory did not reach this Room.
    const now = joined.ok ? await findUser(c.env.DB, user.value.id) : undefined;
    if (now && now.profileAt > user.value.profileAt) await room.value.updateProfile(now);
    return answer(joined);
  })

  .post('/api/groups/:id/leave', signedIn, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    return answer(await room.value.leave(c.var.identity.userId));
  });
