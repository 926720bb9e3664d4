import { type Context, Hono } from 'hono';
import { CLOSE, type CloseCode, fail } from '../../../protocol/errors.ts';
import { GroupId } from '../../../protocol/ids.ts';
import { authenticate } from '../../auth/authenticate.ts';
import { IDENTITY_HEADER, type Identity } from '../../auth/identity.ts';
import { problem } from '../../errors/problem.ts';
import { roomOf } from '../../room/room-of.ts';
import {
  BEARER,
  offeredSubprotocols,
  refuseSocket,
  SUBPROTOCOL,
} from '../../room/sockets/upgrade.ts';
import type { AppEnv } from '../request/app-env.ts';

/** Whether an upgrade is passed to the Room, or its socket is closed with a code. */
type Admission = { state: 'admitted'; identity: Identity } | { state: 'refused'; code: CloseCode };

/**
 * `GET /api/groups/:groupId/socket`: verifies the session and passes the upgrade to the Room, which checks membership.
 * A refused socket is accepted and then closed with its code: a browser cannot read the status of a
 * failed upgrade.
 */
export const groupSocket = new Hono<AppEnv>().get('/api/groups/:groupId/socket', async (c) => {
  if (c.req.header('Upgrade')?.toLowerCase() !== 'websocket') {
    return problem(fail('invalid', 'Open this address as a WebSocket.').failure);
  }
  const groupId = GroupId.safeParse(c.req.param('groupId'));
  if (!groupId.success) return refuseSocket(c.req.raw, CLOSE.notFound);

  const admission = await admit(c);
  if (admission.state === 'refused') return refuseSocket(c.req.raw, admission.code);

  return roomOf(c.env, groupId.data).fetch(withIdentity(c.req.raw, admission.identity));
});

/** Checks the origin, the subprotocol and the session token of an upgrade, the cheapest first. */
async function admit(c: Context<AppEnv>): Promise<Admission> {
  const { clerk } = c.var;
  // Pages of other sites can open sockets too. Only programs send no origin, and they need a valid token as well.
  const origin = c.req.header('Origin');
  if (origin !== undefined && !clerk.isOurOrigin(origin)) {
    return { state: 'refused', code: CLOSE.forbidden };
  }
  const offered = offeredSubprotocols(c.req.raw);
  if (!offered.includes(SUBPROTOCOL)) return { state: 'refused', code: CLOSE.protocol };

  const bearer = offered.find((name) => name.startsWith(BEARER));
  const identity = await authenticate(bearer?.slice(BEARER.length) ?? '', clerk);
  return identity.ok
    ? { state: 'admitted', identity: identity.value }
    : { state: 'refused', code: CLOSE.unauthenticated };
}

/** Replaces the session token of an upgrade with the identity: the Room must neither store nor log a token. */
function withIdentity(upgrade: Request, identity: Identity): Request {
  const request = new Request(upgrade);
  request.headers.set('Sec-WebSocket-Protocol', SUBPROTOCOL);
  request.headers.set(IDENTITY_HEADER, JSON.stringify(identity));
  request.headers.delete('Cookie');
  return request;
}
