import * as z from 'zod/mini';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { PushHealth, PushSubscription, PushSubscriptionId } from '../../../protocol/push.ts';
import { operation } from './operation.ts';

const params = { path: z.object({ id: PushSubscriptionId }) };

/** The routes of push subscriptions in `/api/openapi.json`. */
export const pushPaths: ZodOpenApiPathsObject = {
  '/api/push/subscription': {
    put: operation({
      tag: 'Notifications',
      summary: 'Get notifications by Web Push in this browser',
      description:
        'Adds or renews the subscription of a browser, at most 10 for a user. Subscribe with `vapidPublicKey` of `/api/config`.',
      body: PushSubscription,
      answers: { 200: PushHealth },
      failures: ['invalid', 'too_large'],
    }),
  },
  '/api/push/subscription/{id}': {
    get: operation({
      tag: 'Notifications',
      summary: 'Get how pushes to a browser fare',
      params,
      answers: { 200: PushHealth },
      failures: ['invalid', 'not_found'],
    }),
    delete: operation({
      tag: 'Notifications',
      summary: 'End the notifications of a browser',
      params,
      answers: { 204: 'Ended' },
      failures: ['invalid'],
    }),
  },
  '/api/push/subscription/{id}/test': {
    post: operation({
      tag: 'Notifications',
      summary: 'Send a test notification to a browser',
      description: '`unavailable` with the reason if its push service does not accept it.',
      params,
      answers: { 200: PushHealth },
      failures: ['invalid', 'not_found'],
    }),
  },
};
