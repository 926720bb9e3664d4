import { createMiddleware } from 'hono/factory';
import { problem } from '../../errors/problem.ts';
import { inboxOf } from '../../inbox/inbox-of.ts';
import type { AppEnv } from './app-env.ts';

/**
 * Refuses a session that was ended, whose last token is still valid for up to a minute. For requests that ask no Room or
 * Inbox which would refuse it itself. Must run after `signedIn`.
 */
export const sessionHolds = createMiddleware<AppEnv>(async (c, next) => {
  const { userId, sessionId } = c.var.identity;
  const admitted = await inboxOf(c.env, userId).admit(sessionId);
  if (!admitted.ok) return problem(admitted.failure);
  await next();
  return undefined;
});
