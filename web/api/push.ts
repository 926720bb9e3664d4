import * as z from 'zod/mini';
import type { Result } from '../../protocol/errors.ts';
import { PushConfig, PushHealth, type PushSubscription } from '../../protocol/push.ts';
import { type Caller, request } from './request.ts';

const PATH = '/api/push/subscription';

/** What pushes need of the server's configuration: the key to subscribe with, if it sends any. */
export function fetchPushConfig(caller: Caller): Promise<Result<PushConfig>> {
  return request(caller, { path: '/api/config', answer: PushConfig });
}

/** Adds or renews the subscription of a browser. */
export function putSubscription(
  caller: Caller,
  body: PushSubscription,
): Promise<Result<PushHealth>> {
  return request(caller, { method: 'PUT', path: PATH, body, answer: PushHealth });
}

/** Ends the pushes to a browser. */
export function deleteSubscription(caller: Caller, id: string): Promise<Result<null>> {
  return request(caller, { method: 'DELETE', path: `${PATH}/${id}`, answer: z.null() });
}

/** Sends a test push to a browser; fails with the reason. */
export function testSubscription(caller: Caller, id: string): Promise<Result<PushHealth>> {
  return request(caller, { method: 'POST', path: `${PATH}/${id}/test`, answer: PushHealth });
}
