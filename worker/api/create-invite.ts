import { encodeBase64Url } from 'hono/utils/encode';
import { fail, ok, type Result } from '../../protocol/errors.ts';
import type { Invite } from '../../protocol/invites.ts';
import { INVITES_PER_GROUP } from '../../protocol/limits.ts';
import type { NewInvite } from '../../protocol/rest-requests.ts';
import type { Identity } from '../auth/identity.ts';
import type { Clock } from '../clock.ts';
import { findInvite, insertInvite } from '../directory/invites.ts';
import type { Env } from '../env.ts';
import { inboxOf } from '../inbox/inbox-of.ts';
import { roomOf } from '../room/room-of.ts';
import { madeIdFor } from './made-id.ts';

const DAY_MS = 24 * 60 * 60_000;
const CODE_BYTES = 16;

/**
 * A request for a new invitation. A repeat with the same `idempotencyKey` returns the invitation that the first request made.
 */
export interface CreateInviteRequest {
  identity: Identity;
  groupId: string;
  invite: NewInvite;
  idempotencyKey: string | undefined;
}

/**
 * Makes an invitation to a group. Fails as its Room does for a user who may not, with `conflict` if the group has too many
 * or the key was used for something else, and with `rate_limited` if the user has made too many lately.
 */
export async function createInvite(
  env: Env,
  clock: Clock,
  { identity, groupId, invite, idempotencyKey }: CreateInviteRequest,
): Promise<Result<Invite>> {
  const { userId, sessionId } = identity;
  const mayInvite = await roomOf(env, groupId).mayInvite(userId, 'new', sessionId);
  if (!mayInvite.ok) return mayInvite;
  const now = clock();
  const code = await madeIdFor(env.DB, {
    userId,
    key: idempotencyKey,
    body: { groupId, ...invite },
    madeId: newCode(),
    at: now,
  });
  if (!code.ok) return code;
  const made = await findInvite(env.DB, code.value, now);
  if (made) return ok(made.invite);

  const allowance = await inboxOf(env, userId).spendInvite();
  if (!allowance.ok) return allowance;
  const created: Invite = {
    code: code.value,
    groupId,
    createdBy: userId,
    createdAt: now,
    expiresAt: now + invite.expiresInDays * DAY_MS,
    ...(invite.maxUses !== undefined && { maxUses: invite.maxUses }),
    uses: 0,
  };
  if (await insertInvite(env.DB, created)) return ok(created);
  return fail(
    'conflict',
    `This group has ${INVITES_PER_GROUP} invitations that work. Use one of them, or revoke one first.`,
  );
}

/** 128 random bits in base64url. */
function newCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(CODE_BYTES));
  return encodeBase64Url(bytes.buffer).replaceAll('=', '');
}
