import type { ClientFrame } from '../../../protocol/client-frames.ts';
import { parseEvents, type ReceivedEvent } from './parse-frame.ts';
import { type PollParts, PollTransport } from './poll-transport.ts';
import type { Transport, TransportEvents } from './transport.ts';

/** Long polling of a group. Loaded late: few networks need it. */
export function pollGroup(
  groupId: string,
  parts: Pick<PollParts<ReceivedEvent>, 'client' | 'position' | 'getToken'>,
  to: TransportEvents<ReceivedEvent>,
): Transport<ClientFrame> {
  const path = `/api/groups/${groupId}`;
  return new PollTransport({ ...parts, path, parse: parseEvents, settling }, to);
}

/**
 * The events of a response to frames that may be applied at once: whole rows, which merge by their rev. Partial changes
 * come again with the next poll; applied now, they would hide the events between.
 */
function settling(event: ReceivedEvent): ReceivedEvent[] {
  switch (event.type) {
    case 'message':
    case 'message_update':
      return [{ type: 'message', rev: event.rev, message: event.message, repeat: true }];
    case 'message_delete':
    case 'reaction_update':
    case 'member_update':
    case 'group_update':
    case 'strange':
      return [];
    default:
      return [event];
  }
}
