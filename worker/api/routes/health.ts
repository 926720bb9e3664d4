import { Hono } from 'hono';
import { version } from '../../../package.json';
import { systemClock } from '../../clock.ts';
import { checkHealth } from '../../ops/health.ts';
import type { AppEnv } from '../request/app-env.ts';

/** `GET /api/health`, for everyone: 503 when people cannot talk. */
export const health = new Hono<AppEnv>().get('/api/health', async (c) => {
  const found = await checkHealth(c.env, systemClock, version);
  return Response.json(found, { status: found.status === 'down' ? 503 : 200 });
});
