import { type Context, Hono } from 'hono';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { GroupId } from '../../../protocol/ids.ts';
import { InviteCode } from '../../../protocol/invites.ts';
import { NewInvite } from '../../../protocol/rest-requests.ts';
import { currentUser } from '../../auth/current-user.ts';
import { signedIn } from '../../auth/guards.ts';
import { systemClock } from '../../clock.ts';
import { findInvite, listInvites, revokeInvite } from '../../directory/invites.ts';
import { problem } from '../../errors/problem.ts';
import { roomOf } from '../../room/room-of.ts';
import { acceptInvite } from '../accept-invite.ts';
import { createInvite } from '../create-invite.ts';
import { noSuchInvite, orNoSuchInvite } from '../no-such-invite.ts';
import { addressLimited } from '../request/address-limit.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { readIdempotencyKey } from '../request/idempotency-key.ts';
import { jsonBody, readBody } from '../request/read-body.ts';
import { sessionHolds } from '../request/session-holds.ts';

/** Invitations: make, list and revoke those of a group; look at one without signing in, and join by it. */
export const invites = new Hono<AppEnv>()
  .use('/api/invites/:code', addressLimited)

  .get('/api/groups/:id/invites', signedIn, async (c) => {
    const groupId = groupIdIn(c);
    if (!groupId.ok) return problem(groupId.failure);
    const { userId, sessionId } = c.var.identity;
    const mayList = await roomOf(c.env, groupId.value).mayInvite(userId, 'existing', sessionId);
    if (!mayList.ok) return problem(mayList.failure);
    return answer(ok(await listInvites(c.env.DB, groupId.value, systemClock())));
  })

  .post('/api/groups/:id/invites', signedIn, jsonBody, async (c) => {
    const groupId = groupIdIn(c);
    if (!groupId.ok) return problem(groupId.failure);
    const key = readIdempotencyKey(c);
    if (!key.ok) return problem(key.failure);
    const invite = await readBody(c, NewInvite);
    if (!invite.ok) return problem(invite.failure);
    const created = await createInvite(c.env, systemClock, {
      identity: c.var.identity,
      groupId: groupId.value,
      invite: invite.value,
      idempotencyKey: key.value,
    });
    return answer(created, 201);
  })

  .get('/api/invites/:code', async (c) => {
    const code = codeIn(c);
    const found = code.ok ? await findInvite(c.env.DB, code.value, systemClock()) : undefined;
    if (!found?.works) return problem(noSuchInvite().failure);
    if (found.isArchived) {
      return problem(fail('archived', 'This group is archived: nobody can join it.').failure);
    }
    return answer(ok(found.preview));
  })

  .post('/api/invites/:code', signedIn, sessionHolds, async (c) => {
    const code = codeIn(c);
    if (!code.ok) return problem(code.failure);
    const user = await currentUser(c.env, c.var.clerk, c.var.identity);
    if (!user.ok) return problem(user.failure);
    const { sessionId } = c.var.identity;
    const acceptance = { code: code.value, user: user.value, sessionId };
    return answer(await acceptInvite(c.env, systemClock, acceptance));
  })

  .delete('/api/invites/:code', signedIn, sessionHolds, async (c) => {
    const code = codeIn(c);
    if (!code.ok) return problem(code.failure);
    const now = systemClock();
    const found = await findInvite(c.env.DB, code.value, now);
    if (!found) return problem(noSuchInvite().failure);
    const room = roomOf(c.env, found.invite.groupId);
    const { userId, sessionId } = c.var.identity;
    const mayRevoke = orNoSuchInvite(await room.mayInvite(userId, 'existing', sessionId));
    if (mayRevoke.ok) await revokeInvite(c.env.DB, code.value, now);
    return answer(mayRevoke);
  });

/** The id of the group in the path. A malformed one is `not_found`, so that it creates no Durable Object. */
function groupIdIn(c: Context<AppEnv, '/api/groups/:id/invites'>): Result<string> {
  const id = GroupId.safeParse(c.req.param('id'));
  return id.success ? ok(id.data) : fail('not_found', 'There is no such group.');
}

/** The code in the path. A malformed one cannot be right. */
function codeIn(c: Context<AppEnv, '/api/invites/:code'>): Result<string> {
  const code = InviteCode.safeParse(c.req.param('code'));
  return code.success ? ok(code.data) : noSuchInvite();
}
