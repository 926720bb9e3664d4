import * as z from 'zod/mini';
import { GroupId, UserId } from './ids.ts';
import { User } from './models.ts';

/** 128 random bits in base64url. */
export const InviteCode = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{22}$/, { error: 'must be the code of an invitation' }));

/** An invitation, for those who may invite. */
export const Invite = z.object({
  code: InviteCode,
  groupId: GroupId,
  createdBy: UserId,
  createdAt: z.int(),
  expiresAt: z.int(),
  /** How many people can join by it; without a limit if absent. */
  maxUses: z.optional(z.int()),
  /** How many people have joined by it. */
  uses: z.int(),
});
export type Invite = z.infer<typeof Invite>;

/** The answer of `GET /api/groups/:id/invites`: those that work, the latest first, and the people who made them. */
export const InviteList = z.object({ items: z.array(Invite), users: z.array(User) });
export type InviteList = z.infer<typeof InviteList>;
