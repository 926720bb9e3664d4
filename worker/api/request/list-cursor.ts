import { decodeBase64Url, encodeBase64Url } from 'hono/utils/encode';
import type * as z from 'zod/mini';
import { fail, ok, type Result } from '../../../protocol/errors.ts';

/** The opaque `next` of a list: where its next page begins. */
export function writeCursor(place: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(place));
  return encodeBase64Url(bytes.buffer);
}

/** The place that a request's `cursor` stands for, undefined without one; `invalid` where it is none of ours. */
export function readCursor<T extends z.ZodMiniType>(
  cursor: string | undefined,
  place: T,
): Result<z.infer<T> | undefined> {
  if (cursor === undefined) return ok(undefined);
  const parsed = place.safeParse(jsonIn(cursor));
  if (parsed.success) return ok(parsed.data);
  const fields = { cursor: 'is not the `next` of a list' };
  return fail('invalid', 'Ask for the list from its beginning.', { fields });
}

function jsonIn(cursor: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(decodeBase64Url(cursor)));
  } catch {
    // Not base64 or not JSON: both are thrown, and both mean that somebody made it up.
    return undefined;
  }
}
