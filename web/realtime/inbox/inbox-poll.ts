import type { InboxFrame } from '../../../protocol/inbox.ts';
import { type PollParts, PollTransport } from '../connection/poll-transport.ts';
import type { Transport, TransportEvents } from '../connection/transport.ts';
import { parseInboxEvents, type ReceivedInboxEvent } from './inbox-events.ts';

/** Long polling of what is new in my groups. Loaded late: few networks need it. */
export function pollInbox(
  parts: Pick<PollParts<ReceivedInboxEvent>, 'client' | 'position' | 'getToken'>,
  to: TransportEvents<ReceivedInboxEvent>,
): Transport<InboxFrame> {
  const path = '/api/inbox';
  const settling = (event: ReceivedInboxEvent) => [event];
  return new PollTransport({ ...parts, path, parse: parseInboxEvents, settling }, to);
}
