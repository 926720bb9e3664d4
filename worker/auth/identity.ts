import * as z from 'zod/mini';

/** Who is asking, verified by the Worker before anything else is touched. */
export const Identity = z.object({ userId: z.string(), sessionId: z.string() });
export type Identity = z.infer<typeof Identity>;

/** The header in which the Worker hands the identity of an upgrade to the Room, as JSON. */
export const IDENTITY_HEADER = 'X-Edgewise-Identity';
