import * as z from 'zod/mini';
import { Epoch } from './ids.ts';
import { POLL_FRAMES, POLL_WAIT_S } from './limits.ts';
import { Seq } from './rest-requests.ts';
import { ServerEvent } from './server-events.ts';

/** A client without a socket names itself, one name a tab, so that each gets what it missed of the moment. */
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

/** `GET /api/groups/:id/changes`: where the client stands, and how long it waits for something to change. */
export const PollQuery = z.object({
  since: z.optional(Seq),
  epoch: z.optional(Epoch),
  client: ClientName,
  wait: z._default(WaitSeconds, POLL_WAIT_S),
});
export type PollQuery = z.infer<typeof PollQuery>;

/** `POST /api/groups/:id/frames`: what the client would send on a socket, in order. Each frame is parsed by itself. */
export const PolledFrames = z.object({
  client: ClientName,
  frames: z
    .array(z.unknown())
    .check(z.maxLength(POLL_FRAMES, { error: `must be at most ${POLL_FRAMES} frames` })),
});
export type PolledFrames = z.infer<typeof PolledFrames>;

/** What both of them answer. */
export const EventList = z.array(ServerEvent);
