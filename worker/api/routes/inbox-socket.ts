import { Hono } from 'hono';
import { fail } from '../../../protocol/errors.ts';
import { currentUser } from '../../auth/current-user.ts';
import { problem } from '../../errors/problem.ts';
import { inboxOf } from '../../inbox/inbox-of.ts';
import { closeCodeOf, refuseSocket } from '../../sockets/upgrade.ts';
import { admitUpgrade, isUpgrade } from '../request/admit-upgrade.ts';
import type { AppEnv } from '../request/app-env.ts';

/** `GET /api/inbox/socket`: verifies the session and passes the upgrade to the Inbox of its user. */
export const inboxSocket = new Hono<AppEnv>().get('/api/inbox/socket', async (c) => {
  if (!isUpgrade(c)) {
    return problem(fail('invalid', 'Open this address as a WebSocket.').failure);
  }
  const admission = await admitUpgrade(c);
  if (admission.state === 'refused') return refuseSocket(c.req.raw, admission.code);
  // A new user enters the directory here, from which the Inbox reads their profile.
  const user = await currentUser(c.env, c.var.clerk, admission.identity);
  if (!user.ok) return refuseSocket(c.req.raw, closeCodeOf(user.failure.code));
  return inboxOf(c.env, admission.identity.userId).fetch(admission.upgrade);
});
