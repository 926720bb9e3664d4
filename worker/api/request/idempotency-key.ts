import type { Context } from 'hono';
import * as z from 'zod/mini';
import { ok, type Result } from '../../../protocol/errors.ts';
import { IdempotencyKey } from '../../../protocol/rest-requests.ts';
import type { AppEnv } from './app-env.ts';
import { invalid } from './invalid.ts';

const HEADER = 'Idempotency-Key';

/** The request's `Idempotency-Key`, undefined without one; `invalid` where it has another form. */
export function readIdempotencyKey(c: Context<AppEnv>): Result<string | undefined> {
  const parsed = z.optional(IdempotencyKey).safeParse(c.req.header(HEADER));
  return parsed.success ? ok(parsed.data) : invalid(parsed.error, HEADER);
}
