import type * as z from 'zod/mini';
import { type ErrorCode, fail, ok, Problem, type Result } from '../../protocol/errors.ts';
import { type Attempt, withRetries } from './with-retries.ts';

/** Longer than any answer takes; without a limit a dead network would show a skeleton for ever. */
const ANSWER_WITHIN_MS = 20_000;
/** A request with a body up to this length outlives its page: a browser allows 64 KiB for all such requests together. */
const KEEPALIVE_CHARACTERS = 4_096;
/** Failures that a retry may solve. Every other failure would be the same again. */
const TRANSIENT: readonly ErrorCode[] = ['unavailable', 'internal', 'rate_limited'];

/** The part of a signed-in session that requests need. */
export interface Caller {
  /** A session JWT; undefined if the session has ended. `fresh` gets a new one; `isPatient` lets the first frame go first. */
  getToken(options?: { fresh?: boolean; isPatient?: boolean }): Promise<string | undefined>;
}

/** One request to our own REST interface. */
export interface ApiRequest<T extends z.ZodMiniType> {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** With its query, `/api/…`. */
  path: string;
  body?: unknown;
  /** The server handles requests with the same key once. */
  idempotencyKey?: string;
  /**
   * Whether the request is retried when the connection breaks; by default all are, except a POST without a key, which could
   * create a second object.
   */
  isRepeatable?: boolean;
  /** How long each answer may take, ms; 20 s unless said otherwise. */
  withinMs?: number;
  /** Aborts it. */
  signal?: AbortSignal | undefined;
  /** The schema of a successful answer; 204 is `null`. */
  answer: T;
}

type Asked = Omit<ApiRequest<z.ZodMiniType>, 'answer'>;

/**
 * Sends a request and parses the answer; retries it if the connection breaks and a repeat is harmless. Fails with the code of
 * the server's problem, with `unauthenticated` if the session has ended, and with `unavailable` without a valid answer.
 * Rejects only if `signal` was aborted.
 */
export async function request<T extends z.ZodMiniType>(
  caller: Caller,
  { answer, ...asked }: ApiRequest<T>,
): Promise<Result<z.infer<T>>> {
  const { method, idempotencyKey, signal } = asked;
  const { isRepeatable = method !== 'POST' || idempotencyKey !== undefined } = asked;
  const attempt = () => attemptOnce(caller, asked, answer);
  return isRepeatable ? await withRetries(attempt, signal) : (await attempt()).outcome;
}

async function attemptOnce<T extends z.ZodMiniType>(
  caller: Caller,
  asked: Asked,
  answer: T,
): Promise<Attempt<z.infer<T>>> {
  try {
    const first = await ask(caller, asked, { fresh: false });
    // A token can expire on its way; a session that has ended gets no fresh one.
    const response = first?.status === 401 ? await ask(caller, asked, { fresh: true }) : first;
    if (!response) {
      const over = fail('unauthenticated', 'You are signed out. Sign in again.');
      return { outcome: over, mayRetry: false };
    }
    const body = parseJson(await response.text());
    if (!response.ok) {
      const outcome = failureOf(body);
      return { outcome, mayRetry: TRANSIENT.includes(outcome.failure.code) };
    }
    const parsed = answer.safeParse(body);
    if (parsed.success) return { outcome: ok(parsed.data), mayRetry: false };
    const strange = 'This page does not understand the answer of the server. Reload it.';
    return { outcome: fail('unavailable', strange), mayRetry: false };
  } catch (error) {
    if (asked.signal?.aborted) throw error;
    const lost = 'The server cannot be reached. Check your connection.';
    return { outcome: fail('unavailable', lost), mayRetry: true };
  }
}

/** Returns the response, undefined without a session. Rejects if the connection breaks. */
async function ask(
  caller: Caller,
  { method = 'GET', path, body, idempotencyKey, withinMs = ANSWER_WITHIN_MS, signal }: Asked,
  { fresh }: { fresh: boolean },
): Promise<Response | undefined> {
  const token = await caller.getToken({ fresh, isPatient: method === 'GET' });
  if (token === undefined) return undefined;
  const limit = AbortSignal.timeout(withinMs);
  const json = body === undefined ? undefined : JSON.stringify(body);
  return await fetch(path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
    },
    ...(json !== undefined && { body: json }),
    // A change that the user made just before closing the page still arrives.
    keepalive: method !== 'GET' && (json?.length ?? 0) <= KEEPALIVE_CHARACTERS,
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  });
}

/** `null` for an empty body, undefined for one that is no JSON (a proxy's error page). */
function parseJson(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failureOf(body: unknown): ReturnType<typeof fail> {
  const problem = Problem.safeParse(body);
  if (!problem.success)
    return fail('unavailable', 'The server cannot answer right now. Try again.');
  const { code, detail, fields, retryAfterMs } = problem.data;
  return fail(code, detail, {
    ...(fields === undefined ? {} : { fields }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
