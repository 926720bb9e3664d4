import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type * as z from 'zod/mini';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { JSON_BODY_BYTES } from '../../../protocol/limits.ts';
import { problem } from '../../errors/problem.ts';
import type { AppEnv } from './app-env.ts';
import { invalid } from './invalid.ts';

/**
 * Middleware of every route that reads JSON: a body above the limit is refused before all of it is in memory. Hono's own
 * limit keeps the body that it refuses locked, so what is left of it could not be drained (unread-body.ts).
 */
export const jsonBody = createMiddleware<AppEnv>(async (c, next) => {
  const { raw } = c.req;
  if (raw.body !== null) {
    const read = await readWithin(JSON_BODY_BYTES, raw.body);
    if (!read.ok) return problem(read.failure);
    c.req.raw = new Request(raw, { body: read.value });
  }
  await next();
  return undefined;
});

/** The text of a body; `too_large` above so many bytes, `invalid` where the client broke it off. Leaves the rest to be drained. */
async function readWithin(
  limitBytes: number,
  body: ReadableStream<Uint8Array>,
): Promise<Result<string>> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let left = limitBytes;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return ok(text + decoder.decode());
      left -= value.byteLength;
      if (left < 0) {
        return fail('too_large', `Send a JSON body of at most ${limitBytes / 1024} KiB.`);
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return fail('invalid', 'Send the body to its end.', { fields: { body: 'is cut off' } });
  } finally {
    reader.releaseLock();
  }
}

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
