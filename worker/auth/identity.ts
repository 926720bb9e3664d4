import * as z from 'zod/mini';

/** The user and session of a request. The Worker verifies it before it calls a Room. */
export const Identity = z.object({ userId: z.string(), sessionId: z.string() });
export type Identity = z.infer<typeof Identity>;

/** The header in which the Worker passes the identity of an upgrade to the Room, as JSON. */
export const IDENTITY_HEADER = 'X-Edgewise-Identity';
