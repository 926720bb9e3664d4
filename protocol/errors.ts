import * as z from 'zod/mini';
import { named } from './named.ts';

/** The codes of all errors that a client can receive. */
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

/** The codes with which the server closes a socket. */
export const CLOSE = {
  protocol: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  notFound: 4404,
  tooLarge: 4413,
  tooMany: 4429,
  unavailable: 4503,
} as const;
/** One of the close codes. */
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** The close reason of 4401 when the session or the account was ended. The client signs out. */
export const REVOKED_REASON = 'revoked';

/** Why a request failed. `detail` is a sentence for people that says what to do. */
export interface Failure {
  code: ErrorCode;
  detail: string;
  /** For `invalid`: each faulty field, and what is wrong with it. */
  fields?: Record<string, string>;
  /** For `rate_limited`, and `unavailable` if it is known: how long to wait before the next try, ms. */
  retryAfterMs?: number;
}

/** An expected outcome. Plain data, because RPC drops the class of an error. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** A result that succeeded. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** A result that failed. People read `detail`. */
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
