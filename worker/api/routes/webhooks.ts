import { verifyWebhook } from '@clerk/backend/webhooks';
import { type Context, Hono } from 'hono';
import { assertNever } from '../../../protocol/assert-never.ts';
import { fail } from '../../../protocol/errors.ts';
import { profileOf } from '../../auth/clerk-user.ts';
import { ClerkWebhook, concernsUs } from '../../auth/clerk-webhook.ts';
import { systemClock } from '../../clock.ts';
import { deactivateUser, type KnownUser, saveProfile } from '../../directory/users.ts';
import { recordDelivery, wasDelivered } from '../../directory/webhook-deliveries.ts';
import type { Env } from '../../env.ts';
import { problem } from '../../errors/problem.ts';
import { tellRooms } from '../notify-rooms.ts';
import type { AppEnv } from '../request/app-env.ts';
import { jsonBody } from '../request/read-body.ts';

/** `POST /api/webhooks/clerk`: what happened to people and their sessions, signed by Clerk. */
export const webhooks = new Hono<AppEnv>().post('/api/webhooks/clerk', jsonBody, async (c) => {
  const event = await verifiedEvent(c);
  if (!event) {
    return problem(fail('invalid', 'This is not signed by our Clerk instance.').failure);
  }
  const id = c.req.header('svix-id') ?? '';
  if (!concernsUs(event.type) || (await wasDelivered(c.env.DB, id))) return c.body(null, 204);

  // Recorded only behind it: what fails on the way is delivered again, and everything here can be done twice.
  await handle(c.env, ClerkWebhook.parse(event));
  await recordDelivery(c.env.DB, id, systemClock());
  return c.body(null, 204);
});

/** The event of a request with a good and fresh signature. The library throws for every other, as plain errors. */
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
      await showProfile(env, user);
      if (event.data.banned) await revoke(env, { userId: user.id });
      return;
    }
    case 'user.deleted': {
      const user = await deactivateUser(env.DB, event.data.id, systemClock());
      await revoke(env, { userId: event.data.id });
      await showProfile(env, user);
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

function showProfile(env: Env, user: KnownUser): Promise<void> {
  return tellRooms(env, user.id, (room) => room.updateProfile(user));
}

function revoke(env: Env, who: { userId: string; sessionId?: string }): Promise<void> {
  return tellRooms(env, who.userId, (room) => room.revoke(who));
}
