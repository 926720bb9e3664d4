import type { Context } from 'hono';
import type * as z from 'zod/mini';
import { ok, type Result } from '../../../protocol/errors.ts';
import type { AppEnv } from './app-env.ts';
import { invalid } from './read-body.ts';

/** Parses the query string. A query that does not match the schema is `invalid`, with the parameters at fault. */
export function readQuery<T extends z.ZodMiniType>(
  c: Context<AppEnv>,
  schema: T,
): Result<z.infer<T>> {
  const parsed = schema.safeParse(c.req.query());
  return parsed.success ? ok(parsed.data) : invalid(parsed.error, 'query');
}
