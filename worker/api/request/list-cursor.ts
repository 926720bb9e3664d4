import { decodeBase64Url, encodeBase64Url } from 'hono/utils/encode';
import type * as z from 'zod/mini';
import { fail, ok, type Result } from '../../../protocol/errors.ts';

/** Encodes where the next page of a list begins, as the opaque `next` of the list. */
export function writeCursor(start: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(start));
  return encodeBase64Url(bytes.buffer);
}

/** Decodes a request's `cursor`, undefined without one. A cursor that no list returned is `invalid`. */
export function readCursor<T extends z.ZodMiniType>(
  cursor: string | undefined,
  schema: T,
): Result<z.infer<T> | undefined> {
  if (cursor === undefined) return ok(undefined);
  const parsed = schema.safeParse(jsonIn(cursor));
  if (parsed.success) return ok(parsed.data);
  const fields = { cursor: 'is not the `next` of a list' };
  return fail('invalid', 'Request the list from the beginning.', { fields });
}

function jsonIn(cursor: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(decodeBase64Url(cursor)));
  } catch {
    // Not base64, or not JSON: the client made it up.
    return undefined;
  }
}
