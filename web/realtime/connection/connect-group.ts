import { v7 as uuidv7 } from 'uuid';
import type { ClientFrame } from '../../../protocol/client-frames.ts';
import { Connection, type ConnectionParts } from './connection.ts';
import { lateTransport } from './late-transport.ts';
import { parseEvents, type ReceivedEvent } from './parse-frame.ts';
import { SocketTransport } from './socket-transport.ts';
import type { Position } from './transport.ts';

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
        const { pollGroup } = await import('./group-poll.ts');
        return () => pollGroup(groupId, { client, position, getToken }, to);
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
