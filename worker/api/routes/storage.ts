import { Hono } from 'hono';
import { ok } from '../../../protocol/errors.ts';
import { signedIn } from '../../auth/guards.ts';
import { inboxOf } from '../../inbox/inbox-of.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { sessionHolds } from '../request/session-holds.ts';

/** What my files take, and may take. My Inbox counts it. */
export const storage = new Hono<AppEnv>().get(
  '/api/users/me/storage',
  signedIn,
  sessionHolds,
  async (c) => answer(ok(await inboxOf(c.env, c.var.identity.userId).storage())),
);
