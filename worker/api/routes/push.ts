import { Hono } from 'hono';
import { fail } from '../../../protocol/errors.ts';
import { PushSubscription, PushSubscriptionId } from '../../../protocol/push.ts';
import { signedIn } from '../../auth/guards.ts';
import { problem } from '../../errors/problem.ts';
import { inboxOf } from '../../inbox/inbox-of.ts';
import { isPushService } from '../../push/is-push-service.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { invalid, jsonBody, readBody } from '../request/read-body.ts';
import { sessionHolds } from '../request/session-holds.ts';

/** My push subscriptions: one for each browser. */
export const push = new Hono<AppEnv>()
  .put('/api/push/subscription', signedIn, sessionHolds, jsonBody, async (c) => {
    const subscription = await readBody(c, PushSubscription);
    if (!subscription.ok) return problem(subscription.failure);
    if (!isPushService(subscription.value.endpoint, c.env.PUSH_SERVICES)) {
      const fields = { endpoint: 'must be an address of a known push service' };
      const detail = 'This server does not know the push service of this browser.';
      return problem(fail('invalid', detail, { fields }).failure);
    }
    const { userId, sessionId } = c.var.identity;
    return answer(await inboxOf(c.env, userId).subscribePush(subscription.value, sessionId));
  })

  .get('/api/push/subscription/:id', signedIn, sessionHolds, async (c) => {
    const id = PushSubscriptionId.safeParse(c.req.param('id'));
    if (!id.success) return problem(invalid(id.error, 'query').failure);
    return answer(await inboxOf(c.env, c.var.identity.userId).pushHealth(id.data));
  })

  .delete('/api/push/subscription/:id', signedIn, sessionHolds, async (c) => {
    const id = PushSubscriptionId.safeParse(c.req.param('id'));
    if (!id.success) return problem(invalid(id.error, 'query').failure);
    return answer(await inboxOf(c.env, c.var.identity.userId).unsubscribePush(id.data));
  })

  .post('/api/push/subscription/:id/test', signedIn, sessionHolds, async (c) => {
    const id = PushSubscriptionId.safeParse(c.req.param('id'));
    if (!id.success) return problem(invalid(id.error, 'query').failure);
    return answer(await inboxOf(c.env, c.var.identity.userId).testPush(id.data));
  });
