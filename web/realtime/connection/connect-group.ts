import { v7 as uuidv7 } from 'uuid';
import type { ClientFrame } from '../../../protocol/client-frames.ts';
import { CLOSE } from '../../../protocol/errors.ts';
import { Connection, type ConnectionParts } from './connection.ts';
import { parseEvents, type ReceivedEvent } from './parse-frame.ts';
import { SocketTransport } from './socket-transport.ts';
import type { Position, Transport, TransportEvents } from './transport.ts';

/** The connection to a group. */
export type GroupConnection = Connection<ReceivedEvent, ClientFrame>;

/** What the connection to a group needs beyond what every connection does. */
export interface GroupConnectionParts
  extends Omit<ConnectionParts<ReceivedEvent, ClientFrame>, 'openSocket' | 'openPoll'> {
  groupId: string;
  /** Where the server is, `http://…` or `https://…`. */
  origin: string;
  /** The client's position; undefined before the first state. */
  position(): Position | undefined;
}

/** Makes the connection to a group, over its socket or by long polling. It connects when it is opened. */
export function connectGroup(parts: GroupConnectionParts): GroupConnection {
  const { session, groupId, origin, clock, position } = parts;
  const { getToken } = session;
  const client = uuidv7();
  return new Connection({
    ...parts,
    openSocket: (token, to) =>
      new SocketTransport(
        {
          address: socketAddress(origin, groupId, position()),
          token,
          getToken,
          clock,
          firstEvent: 'thread_state',
          parse: parseEvents,
        },
        to,
      ),
    openPoll: (to) =>
      lateTransport(async () => {
        const { PollTransport } = await import('./poll-transport.ts');
        return () => new PollTransport({ groupId, client, position, getToken }, to);
      }, to),
  });
}

/** The address of the group's socket. With the client's position, the server answers only with what the client lacks. */
function socketAddress(origin: string, groupId: string, position: Position | undefined): string {
  const url = new URL(`/api/groups/${groupId}/socket`, origin.replace(/^http/, 'ws'));
  if (position) {
    url.searchParams.set('since', String(position.since));
    url.searchParams.set('epoch', position.epoch);
  }
  return url.href;
}

/**
 * A transport whose code is loaded when it is opened. If loading fails, it ends as one that did not reach the server.
 */
function lateTransport(
  load: () => Promise<() => Transport<ClientFrame>>,
  to: TransportEvents<ReceivedEvent>,
): Transport<ClientFrame> {
  let transport: Transport<ClientFrame> | undefined;
  let isClosed = false;
  load().then(
    (open) => {
      if (!isClosed) transport = open();
    },
    () => {
      if (!isClosed) to.ended({ code: CLOSE.unavailable, reason: '', wasOpen: false });
    },
  );
  return {
    send: (frame) => transport?.send(frame) ?? false,
    probe: () => transport?.probe(),
    close() {
      isClosed = true;
      transport?.close();
    },
  };
}
