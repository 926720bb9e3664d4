import { Hono } from 'hono';
import * as limits from '../../../protocol/limits.ts';
import type { AppConfig } from '../../../protocol/rest.ts';
import type { AppEnv } from '../request/app-env.ts';

/** The numbers that the page names to people or keeps to. The rates are Worker vars, which the server alone enforces. */
const PAGE_LIMITS = {
  messageCharacters: limits.MESSAGE_CHARACTERS,
  groupNameCharacters: limits.GROUP_NAME_CHARACTERS,
  groupTopicCharacters: limits.GROUP_TOPIC_CHARACTERS,
  groupMembers: limits.GROUP_MEMBERS,
};

/** `GET /api/config`: what the page needs before anybody is signed in. */
export const config = new Hono<AppEnv>().get('/api/config', (c) => {
  const { publishableKey, proxyUrl, demo } = c.var.clerk;
  const body: AppConfig = {
    publishableKey,
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
    ...(demo === undefined ? {} : { demo: [...demo] }),
    limits: PAGE_LIMITS,
  };
  return c.json(body);
});
