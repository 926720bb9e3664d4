import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type * as z from 'zod/mini';
import { fail, ok, type Result } from '../../protocol/errors.ts';
import { JSON_BODY_BYTES } from '../../protocol/limits.ts';
import { problem } from '../problem.ts';
import type { AppEnv } from './app-env.ts';
import { invalid } from './invalid.ts';

/** Middleware of every route that reads JSON: a body above the limit is refused before all of it is in memory. */
export const jsonBody = bodyLimit({
  maxSize: JSON_BODY_BYTES,
  onError: () => {
    const detail = `Send a JSON body of at most ${JSON_BODY_BYTES / 1024} KiB.`;
    return problem({ code: 'too_large', detail });
  },
});

/** The JSON body, parsed; `invalid` where it is no JSON (whatever its `Content-Type`) or has another shape. */
export async function readBody<T extends z.ZodMiniType>(
  c: Context<AppEnv>,
  schema: T,
): Promise<Result<z.infer<T>>> {
  let body: unknown;
  try {
    body = JSON.parse(await c.req.text());
  } catch {
    return fail('invalid', 'Send the request with a body that is JSON.', {
      fields: { body: 'is not JSON' },
    });
  }
  const parsed = schema.safeParse(body);
  return parsed.success ? ok(parsed.data) : invalid(parsed.error, 'body');
}
