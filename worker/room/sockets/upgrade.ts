import type { CloseCode } from '../../../protocol/errors.ts';
import type { ErrorEvent } from '../../../protocol/server-events.ts';

/** What our clients offer and we select. */
export const SUBPROTOCOL = 'edgewise.v1';

/** What a session token's subprotocol begins with. */
export const BEARER = 'bearer.';

/** The subprotocols that a request offers, in its order. */
export function offeredSubprotocols(request: Request): string[] {
  const header = request.headers.get('Sec-WebSocket-Protocol') ?? '';
  return header.split(',').flatMap((part) => part.trim() || []);
}

/**
 * The subprotocol to select, also on a socket that is about to be refused: without one the browser reports 1006 and
 * hides the close code. Never the one that carries the token.
 */
function selectSubprotocol(request: Request): string | undefined {
  const offered = offeredSubprotocols(request);
  if (offered.includes(SUBPROTOCOL)) return SUBPROTOCOL;
  return offered.find((name) => !name.startsWith(BEARER));
}

/** The answer to an upgrade: status 101 with the client's end of the pair. */
export function upgraded(request: Request, client: WebSocket): Response {
  const subprotocol = selectSubprotocol(request);
  return new Response(null, {
    status: 101,
    webSocket: client,
    headers: subprotocol === undefined ? {} : { 'Sec-WebSocket-Protocol': subprotocol },
  });
}

/**
 * Accepts an upgrade only to close it: a browser can read a close code, but not the status of a failed upgrade.
 * `event` is sent before the close, where the code alone does not say all (how long to wait, for one).
 */
export function refuseSocket(
  request: Request,
  code: CloseCode,
  reason = '',
  event?: ErrorEvent,
): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  if (event) server.send(JSON.stringify([event]));
  server.close(code, reason);
  return upgraded(request, client);
}
