import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { JSON_BODY_BYTES } from '../../../protocol/limits.ts';
import { problem } from '../../errors/problem.ts';
import type { AppEnv } from './app-env.ts';

// Without a locale, the schema library describes every fault as "Invalid input".
z.config(en());

/** The part of a request that `invalid` names: the body, the query, or a header by its name. */
export type RequestPart = 'body' | 'query' | 'headers' | 'Upload-Metadata' | 'Idempotency-Key';

/**
 * Returns the failure `invalid` with one sentence for each faulty field. A nested fault is listed under its path
 * (`memberIds.3`), a fault of the whole value under `part`.
 */
export function invalid(error: z.core.$ZodError, part: RequestPart): ReturnType<typeof fail> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join('.') || part] ??= issue.message;
  const sentences = Object.entries(fields).map(([field, fault]) => `${field}: ${fault}`);
  return fail('invalid', `Check the ${part}: ${sentences.join('; ')}.`, { fields });
}

/**
 * Middleware of every route that reads JSON: refuses a body above the limit before all of it is in memory. Hono's own
 * limit leaves the body that it refuses locked, and `drainBody` could not read the rest.
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

/**
 * Reads a body as text. A body above `limitBytes` is `too_large`, one that the client broke off is `invalid`. The rest
 * of the body stays unread and unlocked.
 */
async function readWithin(
  limitBytes: number,
  body: ReadableStream<Uint8Array>,
): Promise<Result<string>> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let remaining = limitBytes;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return ok(text + decoder.decode());
      remaining -= value.byteLength;
      if (remaining < 0) {
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

/**
 * Parses the JSON body, whatever its `Content-Type`. A body that is not JSON or does not match the schema is `invalid`.
 */
export async function readBody<T extends z.ZodMiniType>(
  c: Context<AppEnv>,
  schema: T,
): Promise<Result<z.infer<T>>> {
  let body: unknown;
  try {
    body = JSON.parse(await c.req.text());
  } catch {
    return fail('invalid', 'Send a JSON body.', {
      fields: { body: 'is not JSON' },
    });
  }
  const parsed = schema.safeParse(body);
  return parsed.success ? ok(parsed.data) : invalid(parsed.error, 'body');
}
