import { Hono } from 'hono';
import * as z from 'zod/mini';
import { ok } from '../../../protocol/errors.ts';
import { UserId } from '../../../protocol/ids.ts';
import { User } from '../../../protocol/models.ts';
import { ProfileChange, UserListQuery } from '../../../protocol/rest-requests.ts';
import { currentUser } from '../../auth/current-user.ts';
import { signedIn } from '../../auth/guards.ts';
import { listSharedGroups } from '../../directory/groups.ts';
import { changeOwnProfile, findUsers, searchUsers } from '../../directory/users.ts';
import { problem } from '../../errors/problem.ts';
import { inboxOf } from '../../inbox/inbox-of.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { guestIdIn } from '../request/guest-id.ts';
import { readCursor, writeCursor } from '../request/list-cursor.ts';
import { jsonBody, readBody } from '../request/read-body.ts';
import { readQuery } from '../request/read-query.ts';
import { sessionHolds } from '../request/session-holds.ts';

/** Where a page of users begins. */
const UserListStart = z.object({ offset: z.int().check(z.nonnegative()) });

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
    const inbox = inboxOf(c.env, me.value.id);
    // Rooms need no time zone: cards ask the directory.
    const { timeZone: _timeZone, ...told } = change.value;
    const isTold = Object.keys(told).length > 0;
    const mayChange = isTold ? await inbox.spendProfileChange() : ok(null);
    if (!mayChange.ok) return problem(mayChange.failure);
    const changed = await changeOwnProfile(c.env.DB, me.value.id, change.value);
    if (!changed.ok) return problem(changed.failure);
    const user = changed.value;
    if (isTold) await inbox.updateProfile(user);
    return answer(ok(User.parse(user)));
  })

  .get('/api/users', signedIn, sessionHolds, async (c) => {
    const asked = readQuery(c, UserListQuery);
    if (!asked.ok) return problem(asked.failure);
    const { ids, query = '', limit } = asked.value;
    const start = readCursor(asked.value.cursor, UserListStart);
    if (!start.ok) return problem(start.failure);
    const guestId = await guestIdIn(c);
    if (ids !== undefined) {
      const named = await findUsers(c.env.DB, ids, guestId);
      return answer(ok({ items: named.map((user) => User.parse(user)) }));
    }
    const { offset } = start.value ?? { offset: 0 };
    const found = await searchUsers(c.env.DB, query, { limit: limit + 1, offset }, guestId);
    const next = found.length > limit ? writeCursor({ offset: offset + limit }) : undefined;
    return answer(ok({ items: found.slice(0, limit), ...(next !== undefined && { next }) }));
  })

  .get('/api/users/:id/groups', signedIn, sessionHolds, async (c) => {
    const id = UserId.safeParse(c.req.param('id'));
    const items = id.success
      ? await listSharedGroups(c.env.DB, c.var.identity.userId, id.data)
      : [];
    return answer(ok({ items }));
  })

  .get('/api/users/:id', signedIn, sessionHolds, async (c) => {
    const id = UserId.safeParse(c.req.param('id'));
    const [user] = id.success
      ? await findUsers(c.env.DB, [id.data], await guestIdIn(c))
      : [undefined];
    if (!user) return problem({ code: 'not_found', detail: 'There is no such person.' });
    return answer(ok(User.parse(user)));
  });
