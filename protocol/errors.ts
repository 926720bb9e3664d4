import * as z from 'zod/mini';
import { named } from './named.ts';

/** Every code a client can be told (protocol.md, "Error codes"). */
export const ErrorCode = z.enum([
  'invalid',
  'too_large',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'archived',
  'rate_limited',
  'unavailable',
  'internal',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** Why the server ends a socket (protocol.md, table of close codes). */
export const CLOSE = {
  protocol: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  notFound: 4404,
  tooLarge: 4413,
  tooMany: 4429,
  unavailable: 4503,
} as const;
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** The reason that goes with 4401 when the session or the user was ended: the client signs out. */
export const REVOKED_REASON = 'revoked';

/** What a caller is told when something it asked for cannot be done; `detail` is a sentence that says what to do. */
export interface Failure {
  code: ErrorCode;
  detail: string;
  /** The field at fault and what is wrong with it, for `invalid`. */
  fields?: Record<string, string>;
  /** When trying again makes sense, ms from now, for `rate_limited`. */
  retryAfterMs?: number;
}

/** An expected outcome as plain data, so that it crosses RPC unchanged. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** The good outcome. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** The expected bad outcome: `detail` is shown to people. */
export function fail(
  code: ErrorCode,
  detail: string,
  more: Omit<Failure, 'code' | 'detail'> = {},
): { ok: false; failure: Failure } {
  return { ok: false, failure: { code, detail, ...more } };
}

/** `application/problem+json`, the body of every REST error. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: ErrorCode,
  detail: z.string(),
  fields: z.optional(named(z.string())),
  retryAfterMs: z.optional(z.int()),
});
export type Problem = z.infer<typeof Problem>;
