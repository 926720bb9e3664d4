import * as z from 'zod/mini';
import { Epoch } from './ids.ts';
import { InboxEvent } from './inbox.ts';
import { POLL_FRAMES, POLL_WAIT_S } from './limits.ts';
import { Seq } from './rest-requests.ts';
import { ServerEvent } from './server-events.ts';

/** The name of a polling client, one for each tab: the server keeps what this client reports, and what it has missed. */
const ClientName = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, - or _' }));

const WaitSeconds = z.pipe(
  z.pipe(
    z.string().check(z.regex(/^\d{1,4}$/, { error: 'must be a whole number of seconds' })),
    z.transform((text: string) => Number(text)),
  ),
  z.number().check(z.maximum(POLL_WAIT_S, { error: `must be at most ${POLL_WAIT_S}` })),
);

/**
 * The query of `GET /api/groups/:id/changes` and `GET /api/inbox/changes`: the client's position, and how long the server may hold the request (s).
 */
export const PollQuery = z.object({
  since: z.optional(Seq),
  epoch: z.optional(Epoch),
  client: ClientName,
  wait: z._default(WaitSeconds, POLL_WAIT_S),
});
export type PollQuery = z.infer<typeof PollQuery>;

/**
 * The body of `POST /api/groups/:id/frames` and `POST /api/inbox/frames`: frames as on a socket, in order. Each one is parsed
 * separately.
 */
export const PolledFrames = z.object({
  client: ClientName,
  frames: z
    .array(z.unknown())
    .check(z.maxLength(POLL_FRAMES, { error: `must be at most ${POLL_FRAMES} frames` })),
});
export type PolledFrames = z.infer<typeof PolledFrames>;

/** The answer to a long poll and to posted frames. */
export const EventList = z.array(ServerEvent);

/** The answer to a long poll of the user's own events, and to frames posted there. */
export const InboxEventList = z.array(InboxEvent);
