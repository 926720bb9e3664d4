import * as z from 'zod/mini';

// A file of its own: a visitor's page loads it, and none of the other schemas.

/** The answer of `GET /api/invites/:code`: what everyone who has the link may know of the group. */
export const InvitePreview = z.object({
  group: z.object({ id: z.string(), name: z.string(), memberCount: z.int() }),
  invitedBy: z.object({ id: z.string(), name: z.string(), imageUrl: z.string() }),
});
export type InvitePreview = z.infer<typeof InvitePreview>;
