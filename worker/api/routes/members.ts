import { Hono } from 'hono';
import * as z from 'zod/mini';
import { ok, type Result } from '../../../protocol/errors.ts';
import { UserId } from '../../../protocol/ids.ts';
import { TIMELINE_PAGE } from '../../../protocol/limits.ts';
import { MemberRole } from '../../../protocol/models.ts';
import type { MemberList } from '../../../protocol/rest.ts';
import { MemberListQuery, NewMembers, RoleChange } from '../../../protocol/rest-requests.ts';
import { currentUser } from '../../auth/current-user.ts';
import { signedIn } from '../../auth/guards.ts';
import { problem } from '../../errors/problem.ts';
import type { MemberPage } from '../../member-query.ts';
import { findPeople } from '../find-people.ts';
import { mayAddPeople } from '../may-add-people.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { guestIdIn } from '../request/guest-id.ts';
import { memberInPath, roomInPath } from '../request/in-path.ts';
import { readCursor, writeCursor } from '../request/list-cursor.ts';
import { jsonBody, readBody } from '../request/read-body.ts';
import { readQuery } from '../request/read-query.ts';
import { refuseGuest } from '../request/refuse-guest.ts';
import { sessionHolds } from '../request/session-holds.ts';
import { updateCopies } from '../update-copies.ts';

/** Where a page of members begins: after this one. */
const MemberCursor = z.object({ role: MemberRole, nameKey: z.string(), userId: UserId });

/** Members of a group: list, add and remove them, change roles, join, leave. */
export const members = new Hono<AppEnv>()
  .get('/api/groups/:id/members', signedIn, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    const query = readQuery(c, MemberListQuery);
    if (!query.ok) return problem(query.failure);
    const { userId, sessionId } = c.var.identity;
    // A client that knows of no pages gets everyone.
    if (Object.keys(query.value).length === 0) {
      const listed = await room.value.members(userId, sessionId);
      return answer(listed.ok ? ok({ items: listed.value }) : listed);
    }
    const { cursor, limit = TIMELINE_PAGE, ...filter } = query.value;
    const after = readCursor(cursor, MemberCursor);
    if (!after.ok) return problem(after.failure);
    const asked = { ...filter, limit, after: after.value };
    return answer(paged(await room.value.memberPage(userId, asked, sessionId)));
  })

  .post('/api/groups/:id/members', signedIn, jsonBody, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    const wanted = await readBody(c, NewMembers);
    if (!wanted.ok) return problem(wanted.failure);
    const { userIds, role } = wanted.value;
    const people = await findPeople(c.env, 'userIds', userIds, await guestIdIn(c));
    if (!people.ok) return problem(people.failure);
    const mayAdd = await mayAddPeople(c.env, c.var.identity.userId, people.value);
    if (!mayAdd.ok) return problem(mayAdd.failure);
    const added = await room.value.addMembers(
      c.var.identity.userId,
      people.value,
      role,
      c.var.identity.sessionId,
    );
    if (added.ok) await updateCopies(c.env, room.value, people.value);
    return answer(added);
  })

  .put('/api/groups/:id/members/:userId', signedIn, jsonBody, async (c) => {
    const member = memberInPath(c);
    if (!member.ok) return problem(member.failure);
    const change = await readBody(c, RoleChange);
    if (!change.ok) return problem(change.failure);
    const { room, userId } = member.value;
    return answer(
      await room.setRole(
        c.var.identity.userId,
        userId,
        change.value.role,
        c.var.identity.sessionId,
      ),
    );
  })

  .delete('/api/groups/:id/members/:userId', signedIn, async (c) => {
    const member = memberInPath(c);
    if (!member.ok) return problem(member.failure);
    const { room, userId } = member.value;
    return answer(await room.removeMember(c.var.identity.userId, userId, c.var.identity.sessionId));
  })

  .post('/api/groups/:id/join', signedIn, sessionHolds, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    const mayJoin = await refuseGuest(c);
    if (!mayJoin.ok) return problem(mayJoin.failure);
    const user = await currentUser(c.env, c.var.clerk, c.var.identity);
    if (!user.ok) return problem(user.failure);
    const joined = await room.value.join(user.value, c.var.identity.sessionId);
    if (joined.ok) await updateCopies(c.env, room.value, [user.value]);
    return answer(joined);
  })

  .post('/api/groups/:id/leave', signedIn, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    return answer(await room.value.leave(c.var.identity.userId, c.var.identity.sessionId));
  });

function paged(found: Result<MemberPage>): Result<z.infer<typeof MemberList>> {
  if (!found.ok) return found;
  const { items, next } = found.value;
  return ok({ items, ...(next && { next: writeCursor(next) }) });
}
