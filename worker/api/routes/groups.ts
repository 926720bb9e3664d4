import { Hono } from 'hono';
import * as z from 'zod/mini';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { type FavouriteList, FavouritePlace } from '../../../protocol/favourites.ts';
import { GroupId } from '../../../protocol/ids.ts';
import {
  GroupChange,
  NewGroup,
  PreferenceChange,
  PublicGroupQuery,
} from '../../../protocol/rest-requests.ts';
import { currentUser } from '../../auth/current-user.ts';
import { signedIn } from '../../auth/guards.ts';
import { systemClock } from '../../clock.ts';
import { listPublicGroups } from '../../directory/groups.ts';
import { problem } from '../../errors/problem.ts';
import { inboxOf } from '../../inbox/inbox-of.ts';
import { createDirectGroup } from '../create-direct-group.ts';
import { createGroup } from '../create-group.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { readIdempotencyKey } from '../request/idempotency-key.ts';
import { roomInPath } from '../request/in-path.ts';
import { readCursor, writeCursor } from '../request/list-cursor.ts';
import { jsonBody, readBody } from '../request/read-body.ts';
import { readQuery } from '../request/read-query.ts';
import { refuseGuest } from '../request/refuse-guest.ts';
import { sessionHolds } from '../request/session-holds.ts';

/** The last group of a page, in the order of names. */
const GroupCursor = z.object({ name: z.string(), id: GroupId });

/** Groups: list mine, list the public ones, create, read, change and delete one. */
export const groups = new Hono<AppEnv>()
  .get('/api/groups', signedIn, async (c) => {
    const entries = await inboxOf(c.env, c.var.identity.userId).entries(c.var.identity.sessionId);
    return answer(entries.ok ? ok({ items: entries.value }) : entries);
  })

  .get('/api/groups/public', signedIn, sessionHolds, async (c) => {
    const parsed = readQuery(c, PublicGroupQuery);
    if (!parsed.ok) return problem(parsed.failure);
    const { query, cursor, limit } = parsed.value;
    const after = readCursor(cursor, GroupCursor);
    if (!after.ok) return problem(after.failure);
    const mayBrowse = await refuseGuest(c);
    if (!mayBrowse.ok) return problem(mayBrowse.failure);
    // One more than requested shows whether there is a next page.
    const found = await listPublicGroups(c.env.DB, c.var.identity.userId, {
      query,
      after: after.value,
      limit: limit + 1,
    });
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return answer(ok({ items, ...(last && { next: writeCursor(GroupCursor.parse(last)) }) }));
  })

  .post('/api/groups', signedIn, sessionHolds, jsonBody, async (c) => {
    const key = readIdempotencyKey(c);
    if (!key.ok) return problem(key.failure);
    const group = await readBody(c, NewGroup);
    if (!group.ok) return problem(group.failure);
    const creator = await currentUser(c.env, c.var.clerk, c.var.identity);
    if (!creator.ok) return problem(creator.failure);
    if (group.value.kind === 'direct') {
      const direct = await createDirectGroup(c.env, creator.value, group.value.memberIds);
      return answer(direct, 201);
    }
    const mayCreate = await refuseGuest(c);
    if (!mayCreate.ok) return problem(mayCreate.failure);
    const created = await createGroup(c.env, systemClock, {
      creator: creator.value,
      group: group.value,
      idempotencyKey: key.value,
    });
    return answer(created, 201);
  })

  .get('/api/groups/:id', signedIn, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    return answer(await room.value.group(c.var.identity.userId, c.var.identity.sessionId));
  })

  .patch('/api/groups/:id', signedIn, jsonBody, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    const change = await readBody(c, GroupChange);
    if (!change.ok) return problem(change.failure);
    return answer(
      await room.value.change(c.var.identity.userId, change.value, c.var.identity.sessionId),
    );
  })

  .patch('/api/groups/:id/preferences', signedIn, jsonBody, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    const change = await readBody(c, PreferenceChange);
    if (!change.ok) return problem(change.failure);
    return answer(
      await room.value.setPreference(c.var.identity.userId, change.value, c.var.identity.sessionId),
    );
  })

  .put('/api/groups/:id/favourite', signedIn, sessionHolds, jsonBody, async (c) => {
    const id = GroupId.safeParse(c.req.param('id'));
    if (!id.success) return problem(fail('not_found', 'There is no such group.').failure);
    const place = await readBody(c, FavouritePlace);
    if (!place.ok) return problem(place.failure);
    const inbox = inboxOf(c.env, c.var.identity.userId);
    return answer(listed(await inbox.putFavourite(id.data, place.value.before)));
  })

  .delete('/api/groups/:id/favourite', signedIn, sessionHolds, async (c) => {
    const inbox = inboxOf(c.env, c.var.identity.userId);
    return answer(listed(await inbox.removeFavourite(c.req.param('id'))));
  })

  .delete('/api/groups/:id', signedIn, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    return answer(await room.value.deleteGroup(c.var.identity.userId, c.var.identity.sessionId));
  });

function listed(favourites: Result<string[]>): Result<FavouriteList> {
  return favourites.ok ? ok({ items: favourites.value }) : favourites;
}
