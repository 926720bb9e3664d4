import { Hono } from 'hono';
import { CLOSE, fail } from '../../../protocol/errors.ts';
import { GroupId } from '../../../protocol/ids.ts';
import { problem } from '../../errors/problem.ts';
import { roomOf } from '../../room/room-of.ts';
import { refuseSocket } from '../../sockets/upgrade.ts';
import { admitUpgrade, isUpgrade } from '../request/admit-upgrade.ts';
import type { AppEnv } from '../request/app-env.ts';

/**
 * `GET /api/groups/:groupId/socket`: verifies the session and passes the upgrade to the Room, which checks membership.
 * A refused socket is accepted and then closed with its code: a browser cannot read the status of a
 * failed upgrade.
 */
export const groupSocket = new Hono<AppEnv>().get('/api/groups/:groupId/socket', async (c) => {
  if (!isUpgrade(c)) {
    return problem(fail('invalid', 'Open this address as a WebSocket.').failure);
  }
  const groupId = GroupId.safeParse(c.req.param('groupId'));
  if (!groupId.success) return refuseSocket(c.req.raw, CLOSE.notFound);

  const admission = await admitUpgrade(c);
  if (admission.state === 'refused') return refuseSocket(c.req.raw, admission.code);
  return roomOf(c.env, groupId.data).fetch(admission.upgrade);
});
