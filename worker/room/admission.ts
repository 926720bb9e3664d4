import { CLOSE, fail, REVOKED_REASON, type Result } from '../../protocol/errors.ts';
import { SOCKETS_PER_USER_PER_GROUP } from '../../protocol/limits.ts';
import type { Identity } from '../auth/identity.ts';
import type { Clock } from '../clock.ts';
import { errorEvent } from '../sockets/frame-text.ts';
import { closeCodeOf, refuseSocket, upgraded } from '../sockets/upgrade.ts';
import { sendState } from './frames/handle-frame.ts';
import type { OpenGroup } from './open-group.ts';
import type { RoomParts } from './room-parts.ts';
import type { Position } from './room-rpc.ts';
import { memberWhoMay } from './rules/permissions.ts';

/** How long a client that has too many sockets open must wait. */
const TOO_MANY_SOCKETS_WAIT_MS = 60_000;

/**
 * Accepts a member's socket and sends it the state of the group. A refused socket is accepted and closed with the code that
 * says why: the group's failure, no member, ended session, or too many sockets.
 */
export function admitSocket(
  upgrade: Request,
  identity: Identity,
  opened: Result<OpenGroup>,
  { connections, broadcast, receiver, leaseMs }: RoomParts,
  clock: Clock,
): Response {
  if (!opened.ok) return refuseSocket(upgrade, closeCodeOf(opened.failure.code));
  const { store, settling, presence } = opened.value;
  const me = memberWhoMay(store, identity.userId, 'read');
  if (!me.ok) return refuseSocket(upgrade, closeCodeOf(me.failure.code));
  const now = clock();
  if (opened.value.revoked.has(identity)) {
    return refuseSocket(upgrade, CLOSE.unauthenticated, REVOKED_REASON);
  }
  if (connections.countOf(identity.userId) >= SOCKETS_PER_USER_PER_GROUP) {
    return refuseSocket(upgrade, CLOSE.tooMany, 'too many sockets', tooManySockets());
  }
  // Queued events go out before the socket is accepted: the first event that it gets is the state.
  connections.closeExpiredSometimes();
  presence.arriving(identity.userId);
  broadcast.flush();
  const leaseUntil = now + leaseMs;
  const { client, server } = connections.accept(identity, leaseUntil);
  settling.active();
  sendState(opened.value, receiver.callerOf(server), positionIn(new URL(upgrade.url)));
  return upgraded(upgrade, client);
}

function tooManySockets() {
  const detail = 'This group is open in too many tabs. Close one and try again.';
  return errorEvent(
    fail('rate_limited', detail, { retryAfterMs: TOO_MANY_SOCKETS_WAIT_MS }).failure,
  );
}

/** The position that a connecting client names. An unreadable `since` counts as none: the answer is then a whole page. */
function positionIn(url: URL): Position {
  const since = url.searchParams.get('since');
  const epoch = url.searchParams.get('epoch') ?? undefined;
  return { since: since !== null && /^\d{1,15}$/.test(since) ? Number(since) : undefined, epoch };
}
