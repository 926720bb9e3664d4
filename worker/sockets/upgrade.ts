import { ERRORS } from '../../protocol/error-table.ts';
import { CLOSE, type CloseCode, type ErrorCode } from '../../protocol/errors.ts';
import type { ErrorEvent, ThreadStateEvent } from '../../protocol/server-events.ts';
import { IDENTITY_HEADER, Identity } from '../auth/identity.ts';

/** The subprotocol that clients offer and the Room selects. */
export const SUBPROTOCOL = 'edgewise.v1';

/** The prefix of the subprotocol that carries a session token. */
export const BEARER = 'bearer.';

/** The subprotocols that a request offers, in order. */
export function offeredSubprotocols(request: Request): string[] {
  const header = request.headers.get('Sec-WebSocket-Protocol') ?? '';
  return header.split(',').flatMap((part) => part.trim() || []);
}

/**
 * The subprotocol to select, also for a socket that is refused: without one the browser reports 1006 and hides the close
 * code. Never the one that carries the token.
 */
function selectSubprotocol(request: Request): string | undefined {
  const offered = offeredSubprotocols(request);
  if (offered.includes(SUBPROTOCOL)) return SUBPROTOCOL;
  return offered.find((name) => !name.startsWith(BEARER));
}

/** The user and session that the Worker has verified for this upgrade. Throws if the header is missing or malformed. */
export function identityOf(upgrade: Request): Identity {
  return Identity.parse(JSON.parse(upgrade.headers.get(IDENTITY_HEADER) ?? 'null'));
}

/** The response to an upgrade: status 101 with the client's end of the pair. */
export function upgraded(request: Request, client: WebSocket): Response {
  const subprotocol = selectSubprotocol(request);
  return new Response(null, {
    status: 101,
    webSocket: client,
    headers: subprotocol === undefined ? {} : { 'Sec-WebSocket-Protocol': subprotocol },
  });
}

/** The close code that stands for an error; `unavailable` where the error has none of its own. */
export function closeCodeOf(code: ErrorCode): CloseCode {
  return ERRORS[code].close ?? CLOSE.unavailable;
}

/**
 * Refuses an upgrade by accepting and closing it: a browser can read a close code, but not the status of a failed upgrade.
 * `events` go out before the close, with what the code cannot say (for example how long to wait).
 */
export function refuseSocket(
  request: Request,
  code: CloseCode,
  reason = '',
  ...events: (ErrorEvent | ThreadStateEvent)[]
): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  if (events.length > 0) server.send(JSON.stringify(events));
  server.close(code, reason);
  return upgraded(request, client);
}
