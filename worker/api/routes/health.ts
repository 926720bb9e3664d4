import { Hono } from 'hono';
import { version } from '../../../package.json';
import { systemClock } from '../../clock.ts';
import { checkHealth } from '../../ops/health.ts';
import type { AppEnv } from '../request/app-env.ts';

/** `GET /api/health`: the state of the parts. Answers 503 if people cannot use the chat. Public. */
export const health = new Hono<AppEnv>().get('/api/health', async (c) => {
  const found = await checkHealth(c.env, systemClock, version);
  return Response.json(found, { status: found.status === 'down' ? 503 : 200 });
});
