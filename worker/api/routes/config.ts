import { Hono } from 'hono';
import type { AppConfig } from '../../../protocol/app-config.ts';
import * as limits from '../../../protocol/limits.ts';
import type { PushConfig } from '../../../protocol/push.ts';
import { vapidFromEnv } from '../../push/vapid-from-env.ts';
import type { AppEnv } from '../request/app-env.ts';

/** The limits that the page shows or applies. The server alone enforces the rates, which are Worker vars. */
const PAGE_LIMITS = {
  messageCharacters: limits.MESSAGE_CHARACTERS,
  groupNameCharacters: limits.GROUP_NAME_CHARACTERS,
  groupTopicCharacters: limits.GROUP_TOPIC_CHARACTERS,
  groupMembers: limits.GROUP_MEMBERS,
};

/** `GET /api/config`: what the page needs before sign-in. Public. */
export const config = new Hono<AppEnv>().get('/api/config', (c) => {
  const { publishableKey, proxyUrl, demo } = c.var.clerk;
  const vapid = vapidFromEnv(c.env);
  const body: AppConfig & PushConfig = {
    publishableKey,
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
    ...(demo === undefined ? {} : { demo: [...demo] }),
    limits: PAGE_LIMITS,
    ...(vapid && { vapidPublicKey: vapid.publicKey }),
  };
  return c.json(body);
});
