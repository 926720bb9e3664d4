import type { Context } from 'hono';
import { CLOSE, type CloseCode } from '../../../protocol/errors.ts';
import { authenticate } from '../../auth/authenticate.ts';
import { IDENTITY_HEADER, type Identity } from '../../auth/identity.ts';
import { BEARER, offeredSubprotocols, SUBPROTOCOL } from '../../sockets/upgrade.ts';
import type { AppEnv } from './app-env.ts';

/** Whether an upgrade is passed to its object, or its socket is closed with a code. */
export type Admission =
  | { state: 'admitted'; identity: Identity; upgrade: Request }
  | { state: 'refused'; code: CloseCode };

/** Whether a request wants to open a WebSocket. */
export function isUpgrade(c: Context<AppEnv>): boolean {
  return c.req.header('Upgrade')?.toLowerCase() === 'websocket';
}

/**
 * Checks the origin, the subprotocol and the session token of an upgrade, the cheapest first. Returns the upgrade for a
 * Durable Object: with the identity instead of the token, which no object may store or log.
 */
export async function admitUpgrade(c: Context<AppEnv>): Promise<Admission> {
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
  if (!identity.ok) return { state: 'refused', code: CLOSE.unauthenticated };
  return {
    state: 'admitted',
    identity: identity.value,
    upgrade: withIdentity(c.req.raw, identity.value),
  };
}

function withIdentity(upgrade: Request, identity: Identity): Request {
  const request = new Request(upgrade);
  request.headers.set('Sec-WebSocket-Protocol', SUBPROTOCOL);
  request.headers.set(IDENTITY_HEADER, JSON.stringify(identity));
  request.headers.delete('Cookie');
  return request;
}
