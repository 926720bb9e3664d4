import * as z from 'zod/mini';
import { InboxEvent } from '../../../protocol/inbox.ts';

/** An event of a later version. It counts, and is ignored. */
const StrangeEvent = z.object({ type: z.string(), n: z.optional(z.int()) });

/** An event of my own socket as it is received. */
export type ReceivedInboxEvent = InboxEvent | { type: 'strange'; n?: number | undefined };

/** Parses the events of my own socket, each alone, so that an unknown one does not lose the others of its frame. */
export function parseInboxEvents(events: readonly unknown[]): ReceivedInboxEvent[] {
  return events.flatMap((event): ReceivedInboxEvent[] => {
    const known = InboxEvent.safeParse(event).data;
    if (known) return [known];
    const { n } = StrangeEvent.safeParse(event).data ?? {};
    return [{ type: 'strange', n }];
  });
}
