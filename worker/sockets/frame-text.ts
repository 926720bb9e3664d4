import * as z from 'zod/mini';
import { type Failure, fail, ok, type Result } from '../../protocol/errors.ts';
import { FRAME_BYTES } from '../../protocol/limits.ts';
import type { ErrorEvent } from '../../protocol/server-events.ts';

/** The fields of a frame that an error repeats, so that the client knows which frame it is about. */
const FrameName = z.object({
  type: z.optional(z.string()),
  ref: z.optional(z.string()),
  id: z.optional(z.string()),
});
export type FrameName = z.infer<typeof FrameName>;

/** The name of a frame, valid or not; undefined if even that cannot be read. */
export function nameOf(raw: unknown): FrameName | undefined {
  return FrameName.safeParse(raw).data;
}

/** The JSON value of a text message; undefined for a binary message or invalid JSON. */
export function readJson(data: string | ArrayBuffer): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** Whether a message of a socket is larger than a frame may be. */
export function isTooLarge(data: string | ArrayBuffer): boolean {
  if (typeof data !== 'string') return data.byteLength > FRAME_BYTES;
  // A character is at most three bytes of UTF-8, so most messages need no counting.
  if (data.length > FRAME_BYTES) return true;
  return data.length * 3 > FRAME_BYTES && new TextEncoder().encode(data).length > FRAME_BYTES;
}

/** The error event for a frame, or for a connection, that failed. */
export function errorEvent(failure: Failure, { ref, id }: FrameName = {}): ErrorEvent {
  return {
    type: 'error',
    code: failure.code,
    message: failure.detail,
    ...(ref !== undefined && { ref }),
    ...(id !== undefined && { id }),
    ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
  };
}

/** Parses a frame that was read from JSON. `invalid` names the first field that is wrong. */
export function parseFrame<T extends z.ZodMiniType>(schema: T, raw: unknown): Result<z.infer<T>> {
  const frame = schema.safeParse(raw);
  return frame.success ? ok(frame.data) : invalid(frame.error);
}

function invalid(error: z.core.$ZodError) {
  const [issue] = error.issues;
  const field = issue?.path.join('.') ?? '';
  if (field === '') return fail('invalid', 'A frame is one JSON object of a known type.');
  return fail('invalid', `The field ${field} ${issue?.message ?? 'is not valid'}.`, {
    fields: { [field]: issue?.message ?? '' },
  });
}
