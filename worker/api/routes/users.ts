import { Hono } from 'hono';
import { ok } from '../../../protocol/errors.ts';
import { UserId } from '../../../protocol/ids.ts';
import { User } from '../../../protocol/models.ts';
import { ProfileChange, UserListQuery } from '../../../protocol/rest-requests.ts';
import { currentUser } from '../../auth/current-user.ts';
import { signedIn } from '../../auth/guards.ts';
import { changeOwnProfile, findUsers, searchUsers } from '../../directory/users.ts';
import { problem } from '../../errors/problem.ts';
import { inboxOf } from '../../inbox/inbox-of.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { guestIdIn } from '../request/guest-id.ts';
import { jsonBody, readBody } from '../request/read-body.ts';
import { readQuery } from '../request/read-query.ts';
import { sessionHolds } from '../request/session-holds.ts';

/** Users: read and change me, search, find by ids, read one. */
export const users = new Hono<AppEnv>()
  .get('/api/users/me', signedIn, sessionHolds, async (c) => {
    const me = await currentUser(c.env, c.var.clerk, c.var.identity);
    return answer(me.ok ? ok(User.parse(me.value)) : me);
  })

  .patch('/api/users/me', signedIn, sessionHolds, jsonBody, async (c) => {
    const change = await readBody(c, ProfileChange);
    if (!change.ok) return problem(change.failure);
    const me = await currentUser(c.env, c.var.clerk, c.var.identity);
    if (!me.ok) return problem(me.failure);
    const changed = await changeOwnProfile(c.env.DB, me.value.id, change.value);
    if (!changed.ok) return problem(changed.failure);
    const user = changed.value;
    await inboxOf(c.env, user.id).updateProfile(user);
    return answer(ok(User.parse(user)));
  })

  .get('/api/users', signedIn, sessionHolds, async (c) => {
    const asked = readQuery(c, UserListQuery);
    if (!asked.ok) return problem(asked.failure);
    const { ids, query = '', limit } = asked.value;
    const guestId = await guestIdIn(c);
    const items =
      ids === undefined
        ? await searchUsers(c.env.DB, query, limit, guestId)
        : await findUsers(c.env.DB, ids, guestId);
    return answer(ok({ items: items.map((item) => User.parse(item)) }));
  })

  .get('/api/users/:id', signedIn, sessionHolds, async (c) => {
    const id = UserId.safeParse(c.req.param('id'));
    const [user] = id.success
      ? await findUsers(c.env.DB, [id.data], await guestIdIn(c))
      : [undefined];
    if (!user) return problem({ code: 'not_found', detail: 'There is no such person.' });
    return answer(ok(User.parse(user)));
  });
