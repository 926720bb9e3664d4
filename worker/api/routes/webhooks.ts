import { verifyWebhook } from '@clerk/backend/webhooks';
import { type Context, Hono } from 'hono';
import { assertNever } from '../../../protocol/assert-never.ts';
import { fail } from '../../../protocol/errors.ts';
import { profileOf } from '../../auth/clerk-user.ts';
import { ClerkWebhook, isHandled } from '../../auth/clerk-webhook.ts';
import { systemClock } from '../../clock.ts';
import { deactivateUser, type KnownUser, saveProfile } from '../../directory/users.ts';
import { recordDelivery, wasDelivered } from '../../directory/webhook-deliveries.ts';
import type { Env } from '../../env.ts';
import { problem } from '../../errors/problem.ts';
import { inboxOf } from '../../inbox/inbox-of.ts';
import type { AppEnv } from '../request/app-env.ts';
import { jsonBody } from '../request/read-body.ts';

/** `POST /api/webhooks/clerk`: signed events about users and their sessions. */
export const webhooks = new Hono<AppEnv>().post('/api/webhooks/clerk', jsonBody, async (c) => {
  const event = await verifiedEvent(c);
  if (!event) {
    return problem(
      fail('invalid', 'The request is not signed by the Clerk instance of this server.').failure,
    );
  }
  const id = c.req.header('svix-id') ?? '';
  if (!isHandled(event.type) || (await wasDelivered(c.env.DB, id))) return c.body(null, 204);

  // Recorded last: Clerk repeats a delivery that failed halfway, and handling an event twice is harmless.
  await handle(c.env, ClerkWebhook.parse(event));
  await recordDelivery(c.env.DB, id, systemClock());
  return c.body(null, 204);
});

/** Returns the event if its signature is valid and fresh, else undefined: the library throws a plain error. */
async function verifiedEvent(c: Context<AppEnv>) {
  const { webhookSigningSecret: signingSecret } = c.var.clerk;
  try {
    return await verifyWebhook(c.req.raw, { signingSecret });
  } catch {
    return undefined;
  }
}

async function handle(env: Env, event: ClerkWebhook): Promise<void> {
  switch (event.type) {
    case 'user.created':
    case 'user.updated': {
      const user = await saveProfile(env.DB, profileOf(event.data, env.ADMINS));
      await updateProfile(env, user);
      if (event.data.banned) await revoke(env, { userId: user.id });
      return;
    }
    case 'user.deleted': {
      const user = await deactivateUser(env.DB, event.data.id, systemClock());
      await revoke(env, { userId: event.data.id });
      await updateProfile(env, user);
      await inboxOf(env, user.id).eraseFiles();
      return;
    }
    case 'session.ended':
    case 'session.removed':
    case 'session.revoked':
      return revoke(env, { userId: event.data.user_id, sessionId: event.data.id });
    default:
      return assertNever(event);
  }
}

async function updateProfile(env: Env, user: KnownUser): Promise<void> {
  await inboxOf(env, user.id).updateProfile(user);
}

async function revoke(env: Env, target: { userId: string; sessionId?: string }): Promise<void> {
  await inboxOf(env, target.userId).revoke(target.sessionId);
}
