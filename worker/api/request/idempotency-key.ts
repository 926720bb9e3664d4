import type { Context } from 'hono';
import * as z from 'zod/mini';
import { ok, type Result } from '../../../protocol/errors.ts';
import { IdempotencyKey } from '../../../protocol/rest-requests.ts';
import type { AppEnv } from './app-env.ts';
import { invalid } from './read-body.ts';

const KEY_HEADER = 'Idempotency-Key';

/** Returns the request's `Idempotency-Key`, undefined without one. A malformed key is `invalid`. */
export function readIdempotencyKey(c: Context<AppEnv>): Result<string | undefined> {
  const parsed = z.optional(IdempotencyKey).safeParse(c.req.header(KEY_HEADER));
  return parsed.success ? ok(parsed.data) : invalid(parsed.error, KEY_HEADER);
}
